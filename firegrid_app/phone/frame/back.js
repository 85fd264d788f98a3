// Where a form leads back to: the screen that opened it, as its address says. Any other is not followed.
export const wayBack = (asked) => (/^\/(patrol|doors|map)(\?|$)/.test(asked ?? "") ? asked : "/");
