// A drawing for every category of hazard, as strokes that take the text's colour. Kinds of one sort share one.
const BOX = "M3 8l9-5 9 5v8l-9 5-9-5zM3 8l9 5 9-5M12 13v8";
const STAIRS = "M3 20h4v-4h4v-4h4V8h4V4M4 12l4-4M4 8h4v4";
const LOCK = "M6 11h12v10H6zM8.5 11V7a3.5 3.5 0 0 1 7 0v4M12 15v2.5";
const ENGINE = "M2 16V9h12v7M14 11h4l4 3v2M2 16h3m5 0h4m5 0h3M5 17.5a2.5 2.5 0 1 0 5 0 2.5 2.5 0 0 0-5 0M14 17.5a2.5 2.5 0 1 0 5 0 2.5 2.5 0 0 0-5 0M4 9l8-5";
const HYDRANT = "M8 21v-9h8v9M6 21h12M8 12V8a4 4 0 0 1 8 0v4M5 12h14M12 4V2M10.5 15.5a1.5 1.5 0 1 0 3 0 1.5 1.5 0 0 0-3 0";
const EXTINGUISHER = "M8 10a4 4 0 0 1 8 0v11H8zM12 6V3M12 3h4M12 4.5C8 3.5 5 5.5 5 10v3M8 14h8";
const LAMP = "M9 18h6M10 21h4M9 15c-2-1.5-3-3.5-3-6a6 6 0 0 1 12 0c0 2.5-1 4.5-3 6z";
const DOOR = "M4 21V3h10v18M2 21h20M14 5l6-2v18M11 12v1";
const BARS = "M4 4h16v16H4zM8 4v16M12 4v16M16 4v16M4 12h16";
const PLUG = "M8 3v5M16 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4";
const SWITCH = "M6 3h12v18H6zM10 8h4M12 17l4-7M12 17a1 1 0 1 0 0 .1";
const GAS = "M9 6V3h6v3M7 21c-1.5-5-1.5-9 0-12a5 5 0 0 1 10 0c1.5 3 1.5 7 0 12zM10 14h4";
const FLAME = "M12 2c1 4 6 6 6 12a6 6 0 0 1-12 0c0-3 2-4 2-7 2 1 3 2 3 4 1-2 2-5 1-9z";
const CIGARETTE = "M2 15h14v4H2zM19 15v4M22 15v4M19 12c0-3-3-2-3-5s2-2 2-4M22 12c0-3-2-3-2-6";
const LOGS = "M7 16a3.5 3.5 0 1 0 .1 0M17 16a3.5 3.5 0 1 0 .1 0M12 8a3.5 3.5 0 1 0 .1 0";
const CHIMNEY = "M3 21V11l9-7 9 7v10zM15 6.5V3h3v6M7 21v-5h5v5";
const FIELD = "M3 21c6-2 12-2 18 0M12 20V9M12 12c-3 0-5-2-5-5 3 0 5 2 5 5M12 12c3 0 5-2 5-5-3 0-5 2-5 5M6 19v-4M18 19v-4";
const ROCKET = "M12 2c3 3 4 6 4 10v3H8v-3c0-4 1-7 4-10M8 12l-3 4v2h3M16 12l3 4v2h-3M10 19v3M14 19v3";
const EBIKE = "M2 17a3.5 3.5 0 1 0 7 0 3.5 3.5 0 0 0-7 0M15 17a3.5 3.5 0 1 0 7 0 3.5 3.5 0 0 0-7 0M9 17h6l2-10h-3M6 10h7M17 7l3 6";
const WIRE = "M3 3v18M3 6c6 5 12 5 18 0M15 9v4M13 13h4v3a2 2 0 0 1-4 0zM15 18v3";
const CHARGER = "M5 3h9v18H5zM3 21h13M8 6h3v4H8zM14 10h3v7a2 2 0 0 0 4 0V8l-3-3";
const SHOP = "M3 9l2-5h14l2 5M4 9v12h16V9M3 9h18M9 21v-7h6v7";
const BED = "M3 6v14M3 16h18v4M21 16v-3a3 3 0 0 0-3-3H9v6M6 12.5a1.5 1.5 0 1 0 0-.1";
const FACTORY = "M3 21V10l6 4v-4l6 4V4h4l2 17zM7 17h2M13 17h2";
const BOMB = "M10 21a7 7 0 1 0 0-14 7 7 0 0 0 0 14M14 8l3-3M17 5c2-2 4 0 4 2M19 2v1M22 4h-1";
const LAYERS = "M4 4h4v16H4zM16 4h4v16h-4zM8 6l8 4M8 11l8 4M8 16l8 4";
const CURTAIN = "M3 4h18M5 4c0 8-1 12-1 17h5c1-6 1-10 0-17M19 4c0 8 1 12 1 17h-5c-1-6-1-10 0-17";
const WALL = "M3 4h18v16H3zM3 9.3h18M3 14.6h18M9 4v5.3M15 9.3v5.3M9 14.6V20";
const HOUSE = "M3 11l9-8 9 8M5 9.5V21h14V9.5M9 21v-6h6v6";
const PAPER = "M6 2h9l4 4v16H6zM15 2v4h4M9 11h7M9 15h7M9 19h4";
const PEOPLE = "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M2 21c0-4 3-6 7-6s7 2 7 6M16 4.5a3.5 3.5 0 0 1 0 6.5M18 15.5c2.5.8 4 2.5 4 5.5";
const ALARM = "M6 17V11a6 6 0 0 1 12 0v6M4 17h16M10 20h4M12 5V3M4 6L2.5 4.5M20 6l1.5-1.5";
const WATER = "M12 3c4 5 6 8 6 11a6 6 0 0 1-12 0c0-3 2-6 6-11M9 15a3 3 0 0 0 3 3";
const GOODS = "M3 5h18v14H3zM8 9l8 6M16 9l-8 6";
const CRANE = "M6 21V3M3 21h8M6 4h15M6 8l4-4M18 4v7M16 11h4v4h-4z";
const MAP = "M3 6l6-3 6 3 6-3v15l-6 3-6-3-6 3zM9 3v15M15 6v15";
const MORE = "M5 12a1 1 0 1 0 .1 0M12 12a1 1 0 1 0 .1 0M19 12a1 1 0 1 0 .1 0";

export const PICTURES = {
  route_blocked: STAIRS,
  exit_locked: LOCK,
  fire_lane_blocked: ENGINE,
  hydrant_blocked: HYDRANT,
  facility_broken: HYDRANT,
  extinguisher_missing: EXTINGUISHER,
  emergency_light_fault: LAMP,
  fire_door_open: DOOR,
  window_obstacle: BARS,
  wiring_unsafe: PLUG,
  knife_switch: SWITCH,
  high_power_appliance: PLUG,
  gas_unsafe: GAS,
  open_fire: FLAME,
  smoking: CIGARETTE,
  combustible_pile: BOX,
  firewood_stack: LOGS,
  ash_unsafe: FLAME,
  chimney_kang: CHIMNEY,
  straw_burning: FIELD,
  outdoor_fire_forest: FIELD,
  sacrifice_burning: FLAME,
  fireworks: ROCKET,
  ebike_public_area: EBIKE,
  ebike_indoors: EBIKE,
  ebike_flying_wire: WIRE,
  ebike_modified: EBIKE,
  charger_fault: CHARGER,
  three_in_one: SHOP,
  illegal_living_in_shop: BED,
  illegal_home_production: FACTORY,
  explosives: BOMB,
  sandwich_panel: LAYERS,
  flammable_decoration: CURTAIN,
  separation_missing: WALL,
  converted_use: HOUSE,
  illegal_structure: HOUSE,
  unlicensed: PAPER,
  no_patrol_record: PAPER,
  no_training: PEOPLE,
  no_owner_letter: PAPER,
  alarm_missing: ALARM,
  water_source: WATER,
  substandard_product: GOODS,
  construction_site: CRANE,
  regional: MAP,
  other: MORE,
};

export function CategoryPicture({ code }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width="38"
      height="38"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PICTURES[code] ?? MORE} />
    </svg>
  );
}
