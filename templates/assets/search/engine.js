// A stand-in that answers from a few records of its own, for work on the interface.
"use strict";

(() => {
  const article = (id, date, en, ar, people, topics, text) => ({ kind: "article", id, date, title: { en, ar }, people, topics, text });
  const RECORDS = [
    { kind: "person", id: "john-kerry", title: { en: "John Kerry", ar: "جون كيري" }, articles: 4, alias: "keri kiri كيرى",
      about: { en: "US Secretary of State from 2013 to 2017.", ar: "وزير الخارجية الأميركي من عام 2013 إلى عام 2017." } },
    { kind: "topic", id: "ceasefire", title: { en: "Ceasefire", ar: "وقف إطلاق النار" }, articles: 4, alias: "truce هدنة الهدنة",
      about: { en: "Halts to fighting, agreed or attempted.", ar: "وقف القتال، متفقًا عليه أو محاوَلًا." } },
    article("kerry-lavrov-geneva-2016", "2016-09-09", "Kerry and Lavrov announce a plan in Geneva", "كيري ولافروف يعلنان خطة في جنيف",
      ["john-kerry", "sergey-lavrov"], ["ceasefire"], { en: "John Kerry and Sergey Lavrov announced on Friday a plan for a ceasefire in Syria.", ar: "أعلن جون كيري وسيرغي لافروف الجمعة خطة لوقف إطلاق النار في سوريا، والهدنة تبدأ الاثنين." }),
    article("de-mistura-moscow-2016", "2016-05-03", "UN envoy takes a failing truce to Lavrov", "المبعوث الأممي يحمل ملف الهدنة المتعثرة إلى لافروف",
      ["john-kerry", "staffan-de-mistura"], ["ceasefire"], { en: "Staffan de Mistura arrived in Moscow a day after seeing John Kerry in Geneva, to mend the ceasefire.", ar: "وصل ستافان دي ميستورا إلى موسكو غداة لقائه جون كيري في جنيف لإحياء الهدنة." }),
    article("issg-new-york-2016", "2016-09", "The support group meets in New York", "مجموعة الدعم تجتمع في نيويورك", ["john-kerry"], ["negotiations"],
      { en: "The meeting of the International Syria Support Group ended without a ceasefire, Kerry said.", ar: "انتهى اجتماع المجموعة الدولية لدعم سوريا من غير هدنة، على ما قال كيري." }),
    article("english-alone", "2019", "A record in English alone", "", [], ["negotiations"], { en: "A text about Kerry that exists in English alone, about negotiations." }),
  ];
  const NAMES = { "john-kerry": RECORDS[0].title, ceasefire: RECORDS[1].title, "sergey-lavrov": { en: "Sergey Lavrov", ar: "سيرغي لافروف" },
    "staffan-de-mistura": { en: "Staffan de Mistura", ar: "ستافان دي ميستورا" }, negotiations: { en: "Negotiations", ar: "المفاوضات" } };
  const FOLDERS = { article: "articles", person: "people", organization: "organizations", place: "places", topic: "topics", event: "events" };
  const dir = (lang) => (lang === "ar" ? "rtl" : "ltr");

  siteSearch.open = async (root) => {
    if (location.search.includes("search-fault=")) {
      const code = new URLSearchParams(location.search).get("search-fault");
      throw Object.assign(new Error(code), { code });
    }
    const show = (record, words) => {
      const mine = document.documentElement.lang;
      const languages = Object.keys(record.title).filter((code) => record.title[code]);
      const lang = languages.includes(mine) ? mine : languages[0];
      const version = (code) => ({ lang: code, dir: dir(code), title: record.title[code],
        url: new URL(`${code}/${FOLDERS[record.kind]}/${record.id}/index.html`, root).href });
      const text = record.text?.[lang];
      const pattern = new RegExp(`(${words.map((word) => word.replace(/[^\p{L}\p{N}]/gu, "")).join("|")})`, "iu");
      return { kind: record.kind, id: record.id, score: 1, languages, ...version(lang),
        others: languages.filter((code) => code !== lang).map(version), date: record.date ?? "",
        dateText: record.date ? new Intl.DateTimeFormat(mine === "ar" ? "ar-u-nu-latn" : "en-GB", { dateStyle: "long" }).format(new Date(record.date)) : "",
        description: record.about ? { text: record.about[lang], lang, dir: dir(lang) } : null, articles: record.articles ?? 0,
        excerpt: text ? { lang, dir: dir(lang), before: false, after: true,
          pieces: text.split(pattern).filter(Boolean).map((piece) => ({ text: piece, hit: pattern.test(piece) })) } : null };
    };
    const search = async (text, options = {}) => {
      const corrected = /seasefire/i.test(text) ? [{ from: "seasefire", to: "ceasefire" }] : [];
      const asked = text.replace(/seasefire/i, "ceasefire");
      const words = asked.toLowerCase().split(/[\s"]+/u).filter(Boolean);
      const matches = (record) => words.length && words.every((word) => JSON.stringify([record.title, record.text, record.alias]).toLowerCase().includes(word));
      const kept = (record, but) =>
        (but === "kind" || !options.kind?.length || [options.kind].flat().includes(record.kind)) &&
        (but === "language" || !options.language || record.title[options.language]) &&
        (but === "year" || !options.year || record.date?.startsWith(options.year)) &&
        (but === "topic" || !options.topic || record.topics?.includes(options.topic)) &&
        (but === "person" || !options.person || record.people?.includes(options.person));
      const all = RECORDS.filter(matches);
      const found = all.filter((record) => kept(record));
      const count = (name, values) => {
        const counts = new Map();
        for (const record of all.filter((one) => kept(one, name))) for (const value of values(record)) counts.set(value, (counts.get(value) ?? 0) + 1);
        return [...counts].map(([value, number]) => ({ value, count: number, ...(NAMES[value] ? { names: NAMES[value] } : {}) }));
      };
      const offset = options.offset ?? 0;
      const page = found.slice(offset, offset + (options.limit ?? 10)).map((record) => show(record, words));
      const answers = offset ? [] : page.filter((result) => result.kind !== "article");
      return { text, total: found.length, answers, results: page.filter((result) => !answers.includes(result)), corrected, correctedText: corrected.length ? asked : "", relaxed: false,
        facets: options.facets ? {
          kind: count("kind", (record) => [record.kind]), language: count("language", (record) => Object.keys(record.title).filter((code) => record.title[code])),
          year: count("year", (record) => (record.date ? [record.date.slice(0, 4)] : [])),
          topic: count("topic", (record) => record.topics ?? []), person: count("person", (record) => record.people ?? []) } : null };
    };
    const query = async (text, options) => {
      const { answers, results, corrected } = await search(text, options);
      return { results: [...answers, ...results].map(({ kind, id, languages, url, title, score }) => ({ kind, id, languages, url, title, score })), corrected };
    };
    return { query, search };
  };
})();
