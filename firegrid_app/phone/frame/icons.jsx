// The few drawings the phone needs, as strokes that take the text's colour.
const draw = (path) =>
  function Icon() {
    return (
      <svg
        viewBox="0 0 24 24"
        width="26"
        height="26"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        <path d={path} />
      </svg>
    );
  };

export const HomeIcon = draw("M3 11 12 3l9 8M5 9.5V21h14V9.5M10 21v-6h4v6");
export const OutboxIcon = draw("M12 15V3M7 8l5-5 5 5M3 14v5a2 2 0 0 0 2 2h14a2 2 0 0 0 2-2v-5");
export const MeIcon = draw("M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4 21c0-4 3.6-6 8-6s8 2 8 6");
export const WalkIcon = draw("M13 5.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3M9 21l2-6-2-3 1-4 3 1 2 3 3 1M13 15l2 6M7 12l2-4");
export const HazardIcon = draw("M12 3 2 20h20L12 3M12 10v4M12 17.2v.1");
export const ShoutIcon = draw("M3 10v4h3l8 5V5L6 10H3M17.5 9a4 4 0 0 1 0 6M20 6.5a8 8 0 0 1 0 11");
export const DoorIcon = draw("M6 21V4a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v17M3 21h18M14.5 12v.1");
export const MicIcon = draw("M12 15a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v6a3 3 0 0 0 3 3M6 11v1a6 6 0 0 0 12 0v-1M12 18v3M9 21h6");
export const CameraIcon = draw("M4 8h3l2-3h6l2 3h3a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1M12 17a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7");
