// How far a running campaign is at doors, grid by grid: colour and badge. Figures are those of the
// campaign's own list; nothing is counted here.
(function (fireGrid) {
  "use strict";

  const EVERY = 10000; // the figures are asked for anew no sooner, however much changes

  // Today's columns with those of the campaign; without them where they are of other grids.
  fireGrid.withCampaign = function (today, campaign) {
    const fits = today && campaign && campaign.id > 0 && campaign.tree === today.tree;
    const { campaign: old, campaign_doors, campaign_done, campaign_back, ...plain } = today || {};
    if (!today || (!fits && !old)) return today;
    if (!fits) return plain;
    return {
      ...plain,
      campaign,
      campaign_doors: campaign.doors,
      campaign_done: campaign.done,
      campaign_back: campaign.back,
    };
  };

  // What the line about one grid says of it.
  fireGrid.campaignAt = (today, cell) => ({
    campaign_doors: today.campaign_doors[cell],
    campaign_done: today.campaign_done[cell],
    campaign_back: today.campaign_back[cell],
  });

  fireGrid.Legend.prototype.showCampaign = function (campaign, palette, choose) {
    const { texts } = this.settings;
    const { sum } = this.sums.get("campaign");
    const on = this.overlays.has("campaign") && campaign;
    sum.textContent = on && campaign.id ? fireGrid.fill(texts["sum.campaign"], campaign.sums) : "";
    this.steps = this.steps || sum.parentElement.insertAdjacentElement("afterend", document.createElement("ul"));
    this.steps.hidden = !on;
    if (!on) return;
    if (!campaign.id) {
      this.steps.replaceChildren(fireGrid.element("li", "map-wide", texts.campaign_none));
      return;
    }
    const dpr = Math.min(window.devicePixelRatio || 1, 2);
    const head = fireGrid.element("li", "map-wide");
    head.append(fireGrid.pickOfCampaigns(campaign, texts, choose));
    const rows = campaign.tallies.map(([look, grids]) => {
      const row = fireGrid.element("li");
      row.dataset.step = look;
      const swatch = fireGrid.element("canvas", "map-swatch");
      swatch.setAttribute("aria-hidden", "true");
      fireGrid.swatch(swatch, LOOKS[look], palette, dpr);
      const count = fireGrid.fill(texts.count, { grids });
      row.append(swatch, fireGrid.element("span", "", texts[`campaign_step.${look}`]), fireGrid.element("b", "", count));
      return row;
    });
    this.steps.replaceChildren(head, ...rows);
  };

  const LOOKS = { done: "done", some: "under_target", never: "not_walked", none: "plain" };

  // Its name and last day; where several run, a choice of them, each with its own.
  fireGrid.pickOfCampaigns = function (campaign, texts, choose) {
    const until = (name, day) => fireGrid.fill(texts.campaign_until, { name, day });
    if (campaign.running.length < 2) return fireGrid.element("span", "", until(campaign.name, campaign.until));
    const select = fireGrid.element("select", "fg-input");
    select.setAttribute("aria-label", texts["overlay.campaign"]);
    for (const [id, name, day] of campaign.running) {
      const option = fireGrid.element("option", "", until(name, day));
      option.value = id;
      option.selected = id === campaign.id;
      select.append(option);
    }
    select.addEventListener("change", () => choose(Number(select.value)));
    return select;
  };

  // Asked for only where it is wanted, and as of today: on the map of another day it is not shown.
  fireGrid.CampaignFigures = function (frame) {
    this.frame = frame;
    this.chosen = 0;
    this.at = 0;
    this.known = null;
  };

  fireGrid.CampaignFigures.prototype.isOn = function () {
    const { settings, overlays, asked } = this.frame;
    return Boolean(settings.campaign) && overlays.has("campaign") && !asked.day;
  };

  fireGrid.CampaignFigures.prototype.of = function (today) {
    return fireGrid.withCampaign(today, this.isOn() ? this.known : null);
  };

  fireGrid.CampaignFigures.prototype.show = async function () {
    const { frame } = this;
    if (!frame.settings.campaign || !frame.layer) return;
    clearTimeout(this.timer);
    if (this.isOn() || frame.today.campaign) this.put();
    if (!this.isOn() || document.visibilityState !== "visible") return;
    const early = this.at + EVERY - Date.now();
    if (early > 0) {
      this.timer = setTimeout(() => this.show(), early);
      return;
    }
    this.at = Date.now();
    const { chosen } = this;
    const answer = await fetch(frame.settings.campaign + (chosen ? `&campaign=${chosen}` : "")).catch(() => null);
    const body = answer && answer.ok ? await answer.json().catch(() => null) : null;
    if (!body || chosen !== this.chosen) return;
    this.known = body;
    this.put();
  };

  fireGrid.CampaignFigures.prototype.put = function () {
    const { frame } = this;
    if (!frame.layer || !frame.today) return;
    frame.today = this.of(frame.today);
    frame.layer.setStandings(fireGrid.standingsOf(frame.today, frame.overlays), frame.badges());
    frame.showFigures();
    const shown = this.isOn() ? this.known : null;
    frame.legend.showCampaign(shown, frame.palette, (id) => {
      this.chosen = id;
      this.at = 0;
      this.show();
    });
  };
})(window.fireGrid);
