// What the map asks its server: once, again and again, and told of changes while it is looked at.
(function (fireGrid) {
  "use strict";

  const AT_ONCE = 30; // communities whose outlines are asked for together
  const EVERY = 30000;
  const EVERY_TOLD = 300000; // while the server tells of changes by itself

  fireGrid.asking = {
    begin: async function () {
      clearTimeout(this.timer);
      this.tag = null;
      try {
        const [grids, today] = await Promise.all([this.ask("grids"), this.ask("today")]);
        if (grids && today && grids.tree !== today.tree) {
          // A grid came or went between the two answers: the columns would not fit each other.
          this.timer = setTimeout(() => this.begin(), 1000);
          return;
        }
        if (grids && today) this.draw(new fireGrid.GridData(grids), today);
      } catch (error) {
        console.error(error);
        this.words.show(this.settings.texts.broken, () => this.begin());
      }
      this.wait();
    },

    // The answer as an object, or null after having said why not; null too when it is the one known.
    ask: async function (what) {
      const { asked } = this;
      const answer = await fetch(this.settings[what] + query(asked)).catch(() => null);
      if (asked !== this.asked) return null; // another day is wanted meanwhile
      if (!answer) return this.outOfReach();
      if (answer.status >= 500) return this.outOfReach(await sentence(answer));
      if (!answer.ok) return this.refused(await sentence(answer), answer.status === 401);
      const tag = answer.headers.get("etag");
      if (what === "today" && tag && bare(tag) === bare(this.tag)) {
        this.fresh();
        return null;
      }
      const body = await answer.json().catch(() => null);
      if (!body) return this.outOfReach();
      this.isRefused = false;
      if (what !== "today") return body;
      this.tag = tag;
      return fireGrid.figuresOf(body);
    },

    // Very many outlines come simplified; once somebody looks nearer than that shows, those in and
    // around the view come whole, and are drawn together: no gap opens between old and new.
    sharpen: async function () {
      const { data, asked, layer, map } = this;
      if (!layer || this.sharpening === data || !data.isTooCoarse(map.getZoom())) return;
      const near = data.coarseIn(layer.reach());
      if (!near.length) return;
      this.sharpening = data;
      const answers = await this.outlines(near, asked);
      this.sharpening = null;
      if (!answers || data !== this.data || layer !== this.layer) return;
      // A grid came, went or was drawn anew elsewhere: then all of it is asked for again.
      if (!data.sharpen(near, answers)) return void this.poll();
      layer.redraw();
      for (const drawn of [this.choice, this.hover]) if (drawn) drawn.remove();
      this.choice = this.hover = null;
      this.choose(this.chosen);
      this.point(this.hovered);
      this.sharpen(); // the view may have moved on meanwhile
    },

    // Whole outlines of these communities, in this order; null where one answer is missing.
    outlines: async function (near, asked) {
      const { outlines } = this.settings;
      const codes = near.map(({ code }) => `grid=${encodeURIComponent(code)}`);
      const turns = [];
      for (let at = 0; at < codes.length; at += AT_ONCE) turns.push(codes.slice(at, at + AT_ONCE).join("&"));
      const answers = await Promise.all(turns.map((turn) => fetched(`${outlines}?${turn}${query(asked)}`)));
      return answers.every(Boolean) ? answers.flat() : null;
    },

    poll: async function () {
      clearTimeout(this.timer);
      if (!this.data || this.isRefused) return this.begin();
      const today = await this.ask("today");
      if (today && today.tree !== this.data.tree) return this.begin();
      if (today) {
        this.today = this.campaign.of(today);
        this.overlay();
      }
      return this.wait();
    },

    // The desk's page has fresh figures, or has changed what lies below them.
    renew: function () {
      this.poll();
      if (this.layer) fireGrid.showRoads(this);
    },

    // Another day: grids as they were then, with the figures of then.
    goTo: function (day, week) {
      if (day === this.asked.day && week === this.asked.week) return;
      this.asked = { day, week };
      this.hear();
      this.begin();
    },

    wait: function () {
      clearTimeout(this.timer);
      // A hidden page asks nothing; it asks at once when it is looked at again.
      if (document.visibilityState !== "visible") return;
      this.hear();
      const isTold = this.news && this.news.readyState === EventSource.OPEN;
      this.timer = setTimeout(() => this.poll(), isTold ? EVERY_TOLD : EVERY);
    },

    // Changes as they happen, for today's map while it is looked at. Where they do not come (an old
    // proxy, too many maps), asking goes on as ever.
    hear: function () {
      const isWanted = this.layer && !this.isRefused && !this.asked.day && document.visibilityState === "visible";
      if (!isWanted) {
        if (this.news) this.news.close();
        this.news = null;
        return;
      }
      if (this.news || typeof EventSource === "undefined") return;
      const news = (this.news = new EventSource(this.settings.changes));
      news.onopen = () => this.wait();
      news.onmessage = (event) => {
        if (news === this.news) this.told(JSON.parse(event.data));
      };
      news.onerror = () => {
        // Refused or full for good; else the browser comes again by itself.
        if (news.readyState === EventSource.CLOSED) this.wait();
      };
    },

    told: function (news) {
      if (!this.today || this.asked.day) return;
      if (!news.tag || bare(this.tag) === news.tag) return this.fresh();
      const today = bare(this.tag) === news.was ? fireGrid.patched(this.today, news) : null;
      if (!today) return this.poll();
      this.today = today;
      this.tag = news.tag;
      this.overlay();
    },

    outOfReach: function (said) {
      const { stale, offline } = this.settings.texts;
      if (this.layer) {
        this.notice.textContent = fireGrid.fill(stale, { time: this.seenAt });
        this.notice.hidden = false;
      } else {
        this.words.show(said || offline, () => this.begin());
      }
      return null;
    },

    // No longer logged in, or no longer one's grid: nothing of it stays on the screen.
    refused: function (said, isOut) {
      this.isRefused = true;
      if (this.layer) this.layer.remove();
      this.layer = this.data = this.today = this.tag = null;
      this.point(-1);
      this.choose(-1);
      if (this.pin) this.pin.remove();
      if (this.search) this.search.box.remove();
      this.search = this.pin = null;
      this.legend.box.hidden = this.notice.hidden = true;
      this.words.show(said || this.settings.texts.broken, isOut ? null : () => this.begin());
      if (isOut) this.words.link(this.settings.login, this.settings.texts.log_in);
      return null;
    },

    // Premises are asked for only where they are wanted, and stand as of today.
    showPlaces: async function () {
      const { layer } = this;
      if (!layer) return;
      if (!this.overlays.has("places")) {
        layer.setSpots(null);
        return;
      }
      const body = await fetched(this.settings.places);
      if (!body || layer !== this.layer || !this.overlays.has("places")) return;
      const text = JSON.stringify(body);
      if (text !== this.placesKnown || !layer._spots) layer.setSpots(fireGrid.spotsOf(body, this.data));
      this.placesKnown = text;
      this.legend.showPlaces(body);
    },

    // Equipment, guard posts and the counts of homes to care for: today's, asked for where wanted.
    showWorks: async function () {
      const { layer } = this;
      const isOn = (overlay) => this.overlays.has(overlay);
      if (!layer) return;
      if (![...fireGrid.WORKS, "care"].some(isOn)) {
        layer.setWorks(null);
        return;
      }
      const body = await fetched(this.settings.works);
      if (!body || layer !== this.layer) return;
      const shown = JSON.stringify([fireGrid.WORKS.filter(isOn), body]);
      if (shown !== this.worksKnown || !layer._works) {
        layer.setWorks(fireGrid.worksOf(body, this.data, this.overlays, this.settings.texts));
      }
      this.worksKnown = shown;
      // Counts by grid fit the grids of today only.
      this.homes = body.tree === this.data.tree && body.care_homes.length ? body.care_homes : null;
      if (isOn("care")) layer.setStandings(fireGrid.standingsOf(this.today, this.overlays), this.badges());
      this.legend.showWorks(body);
    },

    // The five entries of the table's season that ends with the days the map shows.
    showEntries: async function () {
      const { layer, asked } = this;
      const isOn = () => this.overlays.has("entries");
      if (!layer) return;
      const isFresh = this.entries && this.entriesOf === asked && Date.now() < this.entriesAt + EVERY;
      if (isOn() && !isFresh) {
        const body = await fetched(this.settings.entries + query(asked));
        if (!body || layer !== this.layer || asked !== this.asked) return;
        [this.entries, this.entriesOf, this.entriesAt] = [body, asked, Date.now()];
      }
      if (isOn()) layer.setStandings(fireGrid.standingsOf(this.today, this.overlays), this.badges());
      this.legend.showEntries(isOn() ? this.entries : null);
    },
  };

  // The answer as an object; null where there is none.
  async function fetched(address) {
    const answer = await fetch(address).catch(() => null);
    return answer && answer.ok ? answer.json().catch(() => null) : null;
  }

  // W/"…" as a header names it, or as the server tells it.
  function bare(tag) {
    return tag ? tag.replace(/^W\/|"/g, "") : "";
  }

  function query({ day, week }) {
    return (day ? `&day=${encodeURIComponent(day)}` : "") + (week ? "&week=true" : "");
  }

  async function sentence(answer) {
    const body = await answer.json().catch(() => null);
    return (body && body.message) || "";
  }
})(window.fireGrid);
