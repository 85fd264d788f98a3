// "Photos on Wi-Fi only": which line the phone is on, where the browser tells (Chrome on Android).

const FREE = new Set(["wifi", "ethernet"]);

const lineType = () => (typeof navigator === "undefined" ? undefined : navigator.connection?.type);

// Elsewhere the switch means: photos go when their maker presses, and not before.
export const tellsItsLine = () => lineType() !== undefined;

// A phone that is not sure of its line ("unknown", or it does not tell) does not spend the person's data.
export const photosMayGo = (wifiOnly, pressed, type = lineType()) => !wifiOnly || pressed || FREE.has(type);
