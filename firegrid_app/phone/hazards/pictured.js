// What each photo of a hazard shows: the scene, or how it was before and after it was put right. Pure.

// Those of the place as it was found; while nothing is said to be put right, all.
export const ofTheScene = (photos, fixed) => photos.filter((one) => !fixed || one.purpose !== "after");
export const ofTheResult = (photos, fixed) => photos.filter((one) => fixed && one.purpose === "after");

// The photos as the record announces them: "put right" may have been chosen, or taken back, after the shutter.
export const told = (photos, fixed) =>
  photos.map((one) => ({ ...one, purpose: !fixed ? "scene" : one.purpose === "after" ? "after" : "before" }));

// One of the two groups with other photos in it; the other group stays.
export const withScene = (photos, fixed, scene) => [...scene, ...ofTheResult(photos, fixed)];
export const withResult = (photos, fixed, result) => [...ofTheScene(photos, fixed), ...result];
