// A campaign over the grids: its columns beside today's, and how each grid is coloured by them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

const here = (name) => readFileSync(new URL(`../../assets/map/${name}`, import.meta.url), "utf-8");
const window = {};
const FILES = ["datum.js", "grid-areas.js", "grid-data.js", "grid-look.js", "grid-paint.js", "first-picture.js", "map-works.js", "grid-overlays.js", "map-legend.js", "grid-campaign.js"];
for (const file of FILES) runInNewContext(here(file), { window, Math });
const { withCampaign, standingsOf, badgesOf, campaignAt, patched } = window.fireGrid;
const plain = (value) => JSON.parse(JSON.stringify(value));

const TODAY = {
  tree: "abc", standings: ["overdue", "done"], standing: [0, 1, 1, 1], overdue_hazards: [1, 0, 0, 0],
  minutes: [0, 0, 0, 0], open_hazards: [1, 0, 0, 0], doors_left: [0, 0, 0, 0], shouts: [0, 0, 0, 0], points_left: [0, 0, 0, 0], sums: {}, tallies: [],
};
const CAMPAIGN = { id: 7, tree: "abc", doors: [4, 4, 4, 0], done: [0, 1, 4, 0], back: [0, 2, 0, 0] };
const DATA = { grids: { count: 4 }, groups: { count: 1 }, parents: [0, 0, 0, 0] };
const ON = new Set(["walked", "campaign"]);

test("colours are the campaign's where it is shown, and the walks' again without it", () => {
  const shown = withCampaign(TODAY, CAMPAIGN);
  assert.deepEqual(plain(standingsOf(shown, ON)), ["not_walked", "under_target", "done", "plain"]);
  assert.deepEqual(plain(standingsOf(shown, new Set(["walked"]))), ["overdue", "done", "done", "done"]);
  assert.deepEqual(plain(withCampaign(shown, null)), TODAY);
  assert.deepEqual(plain(campaignAt(shown, 1)), { campaign_doors: 4, campaign_done: 1, campaign_back: 2 });
});

test("figures of other grids, or of no campaign, are laid over nothing", () => {
  for (const odd of [null, { ...CAMPAIGN, id: 0 }, { ...CAMPAIGN, tree: "other" }]) {
    assert.deepEqual(plain(withCampaign(TODAY, odd)), TODAY);
  }
  assert.equal(withCampaign(null, CAMPAIGN), null);
});

test("badges say done of all doors, of a community the sum; none without doors or figures", () => {
  const { cells, groups } = badgesOf(withCampaign(TODAY, CAMPAIGN), DATA, ON, { "badge.campaign": "C" });
  assert.deepEqual(plain(cells.map((some) => some.map((one) => one.text))), [["C0/4"], ["C1/4"], ["C4/4"], []]);
  assert.deepEqual(plain(groups[0].map((one) => one.text)), ["C5/12"]);
  assert.equal(badgesOf(TODAY, DATA, ON, {}), null);
});

test("a change of today's figures leaves the campaign's where they are", () => {
  const shown = withCampaign(TODAY, CAMPAIGN);
  const made = patched(shown, { cells: { 0: [1, 5, 0, 0, 3, 0, 1] } });
  assert.deepEqual(plain(made.campaign_done), CAMPAIGN.done);
  assert.equal(made.minutes[0], 5);
});

test("of several campaigns each stands with its last day", () => {
  const made = (tag, name, text = "") => ({ tag, text, children: [], setAttribute() {}, addEventListener() {}, append(...more) { this.children.push(...more); } });
  const { element, pickOfCampaigns } = window.fireGrid;
  window.fireGrid.element = made;
  const campaign = { id: 7, running: [[7, "三清三关", "2026-11-30"], [8, "电动车", "2026-12-09"]] };
  const select = pickOfCampaigns(campaign, { campaign_until: "{name}，到 {day}" }, () => {});
  window.fireGrid.element = element;
  assert.deepEqual(plain(select.children.map((one) => one.text)), ["三清三关，到 2026-11-30", "电动车，到 2026-12-09"]);
});
