// The search: reads the index that site_builder/search writes, analyses what the reader typed as the builder analysed
// the texts, and combines what it finds. docs/search.md describes it.
"use strict";

(() => {
  const { tokens, isArabic, readings, bare, stem, alternatives, pluralKeys, pluralPartners } = siteSearch.analysis;
  const { sounds, nameKey, nameKeys, difference, consonants } = siteSearch.analysis;

  const FOLDERS = {
    article: "articles",
    person: "people",
    organization: "organizations",
    place: "places",
    topic: "topics",
    event: "events",
  };
  // How much finding a record counts: by the word itself, by who or what is meant, by another reading of the word's
  // first letters, by the beginning of a word that is still being typed, by the consonants of a broken plural, by a
  // word of the same family, by the words of a name that is not there as a name.
  const WEIGHT = { own: 1, concept: 0.9, reading: 0.6, beginning: 0.6, plural: 0.3, kin: 0.3, apart: 0.3 };
  // What a unit of the query weighs where no record has all: a name more than a word, but less than two.
  const NAMED = 3;
  const WORD = 2;
  // Other records than articles count less: they are short, and mostly the way to articles.
  const OTHER_KIND = 0.6;
  // Below so many records found, plurals are looked for.
  const FEW = 5;
  const MOST_ANSWERS = 3;
  const MOST_CORRECTIONS = 5;
  const MOST_FACETS = 20;
  const MOST_BEGUN = 5;
  // Files of words that are looked through for a correction, in each of their orders.
  const MOST_FILES = 3;
  const LONGEST_NAME = 7;
  // Letters.
  const EXCERPT = 220;
  // Of so many records with a phrase it is looked up in the texts whether they have its common words too.
  const MOST_READ = 10;

  // Characters that keep text of two directions apart.
  const ISOLATES = /[\u2066-\u2069]/g;

  const fault = (code, message) => Object.assign(new Error(message), { code });

  // --- Reading the index

  const inflate = async (bytes) => {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  };

  // Where files come from: a server, or one script that holds them all.
  const served = (root) => async (name, version) => {
    const address = new URL(`search/${name}.bin${version ? `?v=${version}` : ""}`, root);
    let response;
    try {
      response = await fetch(address, version ? {} : { cache: "no-cache" });
    } catch {
      throw fault("offline", `${address} cannot be fetched`);
    }
    if (response.ok) return response.arrayBuffer();
    throw fault(response.status === 404 && !version ? "missing" : "offline", `${address}: ${response.status}`);
  };

  const packed = (root) => {
    const content = new Promise((done, failed) => {
      const tooLarge = fault("too-large", "too many records to be searched without a server");
      siteSearch.offline = (files) => (files ? done(files) : failed(tooLarge));
      const element = document.createElement("script");
      element.src = new URL("search/offline.js", root).href;
      element.addEventListener("error", () => failed(fault("missing", "there is no search index")));
      document.head.append(element);
    });
    return async (name) => Uint8Array.from(atob((await content)[name]), (letter) => letter.charCodeAt(0));
  };

  const reader = (root) => {
    const source = root.protocol === "file:" ? packed(root) : served(root);
    const kept = new Map();
    let version = "";
    const read = (name, decode) => {
      if (!kept.has(name)) {
        const found = source(name, version).then(inflate).then(decode);
        kept.set(name, found);
        found.catch(() => kept.delete(name));
      }
      return kept.get(name);
    };
    return {
      read,
      json: (name) => read(name, (bytes) => JSON.parse(new TextDecoder().decode(bytes))),
      lines: (name) => read(name, (bytes) => new TextDecoder().decode(bytes).split("\n")),
      setVersion: (known) => (version = known),
    };
  };

  class Bytes {
    constructor(bytes) {
      this.bytes = bytes;
      this.place = 0;
    }
    get done() {
      return this.place >= this.bytes.length;
    }
    number() {
      let value = 0;
      for (let shift = 1; ; shift *= 128) {
        const byte = this.bytes[this.place++];
        value += (byte & 127) * shift;
        if (byte < 128) return value;
      }
    }
    take(length) {
      this.place += length;
      return this.bytes.subarray(this.place - length, this.place);
    }
  }

  const decodeTerms = (bytes) => {
    const decoder = new TextDecoder();
    const found = new Map();
    for (const all = new Bytes(bytes); !all.done; ) {
      const term = decoder.decode(all.take(all.number()));
      found.set(term, { count: all.number(), data: all.take(all.number()) });
    }
    return found;
  };

  // Which of the files that begin with these keys has a key, if any has.
  const fileOf = (starts, key) => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= key) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };

  // --- What the engine needs to know of an index: `postings` of a term, and `phrase`, the records with a sequence.

  const termIndex = (files, starts) => {
    const entry = async (folder, term) =>
      fileOf(starts, term) < 0
        ? undefined
        : (await files.read(`${folder}/${fileOf(starts, term)}`, decodeTerms)).get(term);

    // The records that have a term, each with its strength from 0 to 1.
    const postings = async (term) => {
      const found = await entry("terms", term);
      if (!found) return { count: 0, records: [], strengths: [] };
      if (!found.records) {
        found.records = new Uint32Array(found.count);
        found.strengths = new Float32Array(found.count);
        const data = new Bytes(found.data);
        for (let place = 0, record = 0; place < found.count; place++) {
          record += data.number();
          found.records[place] = record;
          found.strengths[place] = data.take(1)[0] / 255;
        }
      }
      return found;
    };

    const places = async (term) => {
      const [found, where] = await Promise.all([postings(term), entry("places", term)]);
      if (where && !where.records) {
        where.records = new Map();
        const data = new Bytes(where.data);
        for (const record of found.records) {
          const own = new Bytes(data.take(data.number()));
          const list = [];
          if (own.bytes.length) {
            for (let left = own.number(), place = 0; left > 0; left--) list.push((place += own.number()));
          }
          where.records.set(record, list);
        }
      }
      return where?.records ?? new Map();
    };

    // The records in which the terms stand one after the other, each at its distance from the first.
    const phrase = async (terms) => {
      const all = await Promise.all(terms.map(({ term }) => places(term)));
      const found = new Set();
      for (const [record, starts] of all[0] ?? []) {
        const others = all.slice(1).map((one) => new Set(one.get(record)));
        const fits = (start) =>
          others.every((one, place) => one.has(start + terms[place + 1].distance - terms[0].distance));
        if (starts.some(fits)) found.add(record);
      }
      return found;
    };

    // The terms that begin so, the most frequent first.
    const beginning = async (prefix) => {
      if (!starts.length) return [];
      const all = await files.read(`terms/${Math.max(0, fileOf(starts, prefix))}`, decodeTerms);
      const found = [...all].filter(([term]) => term.startsWith(prefix));
      return found.sort((one, two) => two[1].count - one[1].count).slice(0, 20).map(([term]) => term);
    };

    return { postings, phrase, beginning };
  };

  // --- Words that are not quite alike

  // Restricted Damerau distance: letters left out, put in, exchanged, or two that changed places. More than `most`
  // where it is.
  const edits = (one, two, most) => {
    if (Math.abs(one.length - two.length) > most) return most + 1;
    let earlier = [];
    let before = Array.from({ length: two.length + 1 }, (_, place) => place);
    for (let i = 1; i <= one.length; i++) {
      const row = [i];
      for (let j = 1; j <= two.length; j++) {
        let least = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (one[i - 1] === two[j - 1] ? 0 : 1));
        const turned = i > 1 && j > 1 && one[i - 1] === two[j - 2] && one[i - 2] === two[j - 1];
        if (turned) least = Math.min(least, earlier[j - 2] + 1);
        row.push(least);
      }
      if (Math.min(...row) > most) return most + 1;
      earlier = before;
      before = row;
    }
    return before.at(-1);
  };

  const unlike = (one, two) => {
    const heard = sounds(one);
    const theirs = sounds(two);
    return difference(heard, theirs, 2) / Math.max(heard.length, theirs.length, 1);
  };

  // --- Names of people, places and all else that has a record

  // Kinds of which other spellings are looked for.
  const SPELLED = new Set(["person", "place", "organization"]);

  const nameIndex = (files, where) => {
    const read = new Set();
    const byStem = new Map();
    const bySound = new Map();
    const put = (map, key, value) => map.get(key)?.push(value) ?? map.set(key, [value]);

    const learn = (line) => {
      const [record, key, role, ...words] = line.split(" ");
      const form = { record: +record, key, kind: key.split("/")[0], role, words };
      put(byStem, stem(words[0]), form);
      if (words[0].length < 3) return;
      for (const sound of new Set([sounds(words[0]), ...nameKeys(words[0])])) put(bySound, sound, form);
    };

    const load = async (words) => {
      const numbers = new Set();
      for (const word of words) {
        for (const reading of readings(word)) {
          for (const number of where[nameKey(bare(reading)).slice(0, 1)] ?? []) numbers.add(number);
        }
      }
      const due = [...numbers].filter((number) => !read.has(number));
      for (const lines of await Promise.all(due.map((number) => files.lines(`names/${number}`)))) {
        // Another query may have learned it meanwhile.
        const number = due[0];
        due.shift();
        if (!read.has(number)) lines.forEach(learn);
        read.add(number);
      }
    };

    // How far words are from a form: 0 when they are its words, undefined when they are not the form at all.
    const cost = (form, words) => {
      let sum = 0;
      let same = 0;
      let letters = 0;
      for (const [place, known] of form.words.entries()) {
        const word = words[place];
        letters += known.length;
        // The plural of a surname is another word.
        if (word === known || ((form.kind !== "person" || form.words.length > 1) && stem(word) === stem(known))) {
          same++;
          continue;
        }
        if (!SPELLED.has(form.kind)) return undefined;
        if (isArabic(word) !== isArabic(known) || Math.min(word.length, known.length) < 3) return undefined;
        const far = unlike(word, known);
        if (far > 0.2) return undefined;
        sum += far * known.length + 0.05;
      }
      if (same === form.words.length) return 0;
      if (form.words.length === 1) return aloneFits(form, words[0]) ? sum : undefined;
      if (form.kind !== "person" && same === 0) return undefined;
      return sum <= 0.13 * letters + 0.1 ? sum : undefined;
    };

    // Whether a word alone, in a spelling that is not listed, may be a name: ordinary words must not be.
    const aloneFits = (form, word) => {
      const [known] = form.words;
      const heard = sounds(word);
      const theirs = sounds(known);
      const firm = consonants(theirs).length;
      let change = difference(heard, theirs, 2);
      if (change === 0) return Math.min(word.length, known.length) >= 4 && firm >= (form.kind === "person" ? 2 : 3);
      if (form.kind !== "person" && firm < 4) return false;
      const ends = ["aeiouhH".includes(heard.at(-1)), "aeiouhH".includes(theirs.at(-1))];
      if (ends[0] !== ends[1]) return false;
      const letters = edits(word, known, 2);
      const long = firm >= 5 && Math.min(word.length, known.length) >= 7;
      if (long && (letters === 1 || change <= 0.09 * Math.min(heard.length, theirs.length))) return true;
      if (letters > 2) return false;
      // Egypt writes a foreign g as ج, throughout a name.
      if (isArabic(word)) change = difference(heard.replaceAll("j", "g"), theirs.replaceAll("j", "g"), 2);
      return firm >= 4 ? known.length >= 5 && change <= 0.31 : firm === 3 && known.length >= 6 && change <= 0.21;
    };

    // The forms that words may be, from the first word on; those that fit best.
    const match = (words) => {
      let best = [];
      let least = Infinity;
      const firsts = new Set(readings(words[0]).flatMap((reading) => [bare(reading), reading]));
      for (const first of firsts) {
        // A short word is not a name for looking like one after a particle.
        const cut = first !== words[0] && first !== bare(words[0]);
        if (cut && words.length === 1 && first.length < 4) continue;
        const rest = [first, ...words.slice(1).map(bare)];
        const keyed = [byStem.get(stem(first)), bySound.get(nameKey(first)), bySound.get(sounds(first))];
        for (const form of new Set(keyed.flatMap((forms) => forms ?? []))) {
          if (form.words.length !== words.length) continue;
          const far = cost(form, rest);
          if (far === undefined || far > least) continue;
          if (far < least) best = [];
          least = far;
          best.push(form);
        }
      }
      return { forms: best, cost: least };
    };

    const beginning = (prefix) =>
      [...byStem.values()].flat().filter(({ words }) => words[0].startsWith(prefix) || words.at(-1).startsWith(prefix));

    return { load, match, beginning };
  };

  // --- Corrections

  const wordIndex = (files, starts) => {
    const learn = (bytes) =>
      new TextDecoder().decode(bytes).split("\n").map((line) => {
        const [word, count, surface] = line.split(" ");
        return { word, count: +count, surface };
      });

    // The words whose key, in an order, begins so.
    const beginning = async (order, prefix) => {
      const first = Math.max(0, fileOf(starts[order], prefix));
      const last = Math.min(fileOf(starts[order], `${prefix}\uffff`), first + MOST_FILES - 1);
      const numbers = Array.from({ length: last - first + 1 }, (_, place) => first + place);
      return (await Promise.all(numbers.map((number) => files.read(`words/${order}/${number}`, learn)))).flat();
    };

    // How far a word is from a known one, in edits and then in sounds; undefined where it is too far.
    const far = (core, { word, surface }) => {
      if (isArabic(word) !== isArabic(core)) {
        // A name in the other script, for which there is no record.
        const named = isArabic(word) || surface[0] !== surface[0].toLowerCase();
        return named && consonants(sounds(core)).length >= 3 && unlike(core, word) <= 0.1 ? 1.5 : undefined;
      }
      const least = Math.min(word.length, core.length);
      const most = least >= 7 ? 2 : least >= 3 && core.length >= 4 ? 1 : 0;
      const distance = most ? edits(core, word, most) : most + 1;
      return distance <= most ? distance + unlike(core, word) / 4 : undefined;
    };

    // The words that a word which nothing is found by may be meant for, the likeliest first. An edit leaves alone the
    // beginning of a word or its end, so that these and its sounds lead to all of them.
    return async (typed) => {
      const core = bare(typed);
      if (/\d/.test(core) || core.length < 3) return [];
      const some = core.length >= 6 ? 3 : 2;
      const reversed = Array.from(core).reverse().join("");
      const lists = await Promise.all([
        beginning("front", core.slice(0, some)),
        beginning("back", reversed.slice(0, some)),
        beginning("sound", nameKey(core)),
      ]);
      const found = new Map();
      for (const entry of lists.flat()) {
        const distance = found.has(entry.word) ? undefined : far(core, entry);
        if (distance !== undefined) found.set(entry.word, { ...entry, distance });
      }
      return [...found.values()].sort((one, two) => one.distance - two.distance || two.count - one.count);
    };
  };

  // --- The query

  const QUOTED = /"([^"]*)"|“([^”]*)”|«([^»]*)»|„([^“”]*)[“”]/gu;

  const parse = (text) => {
    const phrases = [];
    const rest = text.replace(QUOTED, (whole, ...parts) => {
      const inside = parts.slice(0, 4).find((part) => part !== undefined) ?? "";
      phrases.push({ text: inside, at: parts[4], words: typed(inside) });
      return " ".repeat(whole.length);
    });
    return { phrases: phrases.filter((phrase) => phrase.words.length), words: typed(rest) };
  };

  // The words as they were typed: whether in capitals among others that are not (WHO), and whether the alef at the end
  // may carry a tanwin that was not typed (ليلا).
  const typed = (text) => {
    const mixed = /\p{Ll}/u.test(text);
    return tokens(text).map((token) => {
      const surface = text.slice(token.start, token.end);
      const capitals = mixed && /^\p{Lu}{2,}$/u.test(surface);
      return { ...token, capitals, tanwin: /[\u0620-\u064a]{2}\u0627$/.test(surface) };
    });
  };

  // Stems of words of the same family, of which stemming knows nothing: loot and looter, inspect and inspector, explode
  // and explosion, ratify and ratification; an Arabic verb of a man and of a woman.
  const kin = (word) => {
    const stemmed = stem(word);
    if (isArabic(stemmed)) return [/...\u062a$/.test(stemmed) ? stemmed.slice(0, -1) : `${stemmed}\u062a`];
    if (!/^[a-z]{4,}$/.test(stemmed)) return [];
    const found = [`${stemmed}er`, `${stemmed}or`, stemmed.replace(/e?$/, "er")];
    const doer = /^(.{3,}?)(?:e|o)r$/.exec(stemmed);
    if (doer) found.push(doer[1], stem(`${doer[1]}e`));
    if (/(?:[aiou]|[ae]n)d$/.test(stemmed)) found.push(stemmed.replace(/d$/, "s"));
    if (/(?:[aiou]|[ae]n)s$/.test(stemmed)) found.push(stemmed.replace(/s$/, "d"));
    if (/ifi?$/.test(stemmed)) found.push(stemmed.endsWith("i") ? stemmed.slice(0, -1) : `${stemmed}i`);
    return [...new Set(found)].filter((other) => other !== stemmed);
  };

  // Words that names are written with and without.
  const JOINING = new Set(["al", "el"]);

  siteSearch.open = async (root) => {
    const files = reader(root);
    const manifest = await files.json("manifest");
    files.setVersion(manifest.version);
    const stops = new Set(manifest.stopWords.split(" "));
    const isStop = (word) => stops.has(word) || ("وف".includes(word[0]) && stops.has(word.slice(1)));
    const isCommon = ({ word, capitals }) => !capitals && isStop(word);
    const total = manifest.kinds.reduce((sum, [, count]) => sum + count, 0);
    const index = termIndex(files, manifest.terms);
    const names = nameIndex(files, manifest.names);
    const correct = wordIndex(files, manifest.words);
    const codes = Object.keys(manifest.languages);

    const kindOf = (record) => {
      for (const [kind, count] of manifest.kinds) {
        if (record < count) return kind;
        record -= count;
      }
      return "";
    };

    // Add the records of a term to a unit, each with its best score.
    const add = (unit, found, weight) => {
      const rarity = Math.log(1 + (total - found.count + 0.5) / (found.count + 0.5));
      for (let place = 0; place < found.count; place++) {
        const score = weight * rarity * found.strengths[place];
        if (score > unit.scores[found.records[place]]) unit.scores[found.records[place]] = score;
      }
    };
    // ... and those that have several terms.
    const addAll = (unit, all, weight) => {
      const [first, ...others] = all;
      const sums = new Map(Array.from(first.records, (record, place) => [record, first.strengths[place]]));
      for (const one of others) {
        const here = new Map(Array.from(one.records, (record, place) => [record, one.strengths[place]]));
        for (const [record, sum] of sums) {
          if (here.has(record)) sums.set(record, sum + here.get(record));
          else sums.delete(record);
        }
      }
      const strengths = [...sums.values()].map((sum) => sum / all.length);
      add(unit, { count: sums.size, records: [...sums.keys()], strengths }, weight);
    };
    const found = (unit) => unit.scores.reduce((count, score) => count + (score > 0), 0);

    // Cut a query into what is meant: names of records, and words between them.
    const segment = async (all, typing) => {
      const words = all.length > 1 ? all.filter(({ word }) => !JOINING.has(word)) : all;
      await names.load(words.map(({ word }) => word));
      const units = [];
      for (let place = 0; place < words.length; ) {
        let taken = null;
        for (let length = Math.min(LONGEST_NAME, words.length - place); length > 0 && !taken; length--) {
          const span = words.slice(place, place + length);
          if (span.every(isCommon) && length < words.length) continue;
          const tried = [span.map(({ word }) => word)];
          if (length === 2 && !span.some(isCommon)) tried.push([span[0].word + span[1].word]);
          for (const attempt of tried) {
            const { forms, cost } = names.match(attempt);
            if (forms.length && (!taken || cost < taken.cost)) taken = { forms, cost, words: span };
          }
        }
        if (!taken) taken = { forms: [], cost: 0, words: [words[place]] };
        place += taken.words.length;
        if (taken.forms.length || !isCommon(taken.words[0])) units.push(taken);
      }
      if (!units.length) units.push(...words.map((word) => ({ forms: [], cost: 0, words: [word] })));
      if (typing && units.length) {
        const last = units.at(-1);
        last.typing = last.words.length === 1;
        if (last.typing && !last.forms.length && last.words[0].word.length >= 3) {
          last.begun = names.beginning(bare(last.words[0].word));
        }
      }
      return units;
    };

    const conceptsOf = (forms) => [...new Map(forms.map((form) => [form.key, form])).values()];

    // Find the records of one unit.
    const resolve = async (unit) => {
      unit.scores = new Float32Array(total);
      const content = unit.words.filter((token) => !isCommon(token));
      const words = (content.length ? content : unit.words).map(({ word }) => word);
      const own = await Promise.all(words.map((word) => index.postings(stem(word))));
      unit.stems = new Set(words.map(stem));
      unit.keys = [];
      // A word that the texts have is not a name for being like one.
      const sure = words.length > 1 || own[0].count === 0 || unit.cost <= 0.06;
      unit.concepts = sure ? conceptsOf(unit.forms) : [];
      addAll(unit, own, words.length > 1 && unit.concepts.length ? WEIGHT.apart : WEIGHT.own);
      if (!unit.concepts.length && unit.begun) unit.concepts = conceptsOf(unit.begun).slice(0, MOST_BEGUN);
      for (const one of await Promise.all(unit.concepts.map(({ key }) => index.postings(`@${key}`)))) {
        add(unit, one, unit.begun ? WEIGHT.beginning : WEIGHT.concept);
      }
      if (words.length > 1) return;
      const [word] = words;
      const others = unit.concepts.length ? [] : alternatives(word);
      for (const [place, one] of (await Promise.all(others.map(index.postings))).entries()) {
        if (one.count <= own[0].count) continue;
        add(unit, one, WEIGHT.reading);
        unit.stems.add(others[place]);
      }
      if (unit.typing) {
        const begun = await Promise.all([...new Set([bare(word), stem(word)])].map(index.beginning));
        for (const term of begun.flat()) unit.stems.add(term);
        for (const one of await Promise.all(begun.flat().map(index.postings))) add(unit, one, WEIGHT.beginning);
      }
      if (!unit.concepts.length && found(unit) < FEW) {
        unit.keys = [...new Set([...unit.stems].flatMap(pluralPartners))];
        const plurals = await Promise.all(unit.keys.map((key) => index.postings(`~${key}`)));
        for (const one of plurals) add(unit, one, WEIGHT.plural);
      }
      if (found(unit)) return;
      const related = kin(word);
      for (const [place, one] of (await Promise.all(related.map(index.postings))).entries()) {
        add(unit, one, WEIGHT.kin);
        if (one.count) unit.stems.add(related[place]);
      }
    };

    const resolvePhrase = async ({ words }) => {
      const all = words.map(({ word }, distance) => ({ word, distance, term: stem(word) }));
      const content = all.filter(({ word }) => !isStop(word));
      const terms = content.length ? content : all;
      const stems = new Set(terms.map(({ term }) => term));
      const unit = { words, concepts: [], keys: [], phrase: true, stems, scores: new Float32Array(total) };
      addAll(unit, await Promise.all(terms.map(({ term }) => index.postings(term))), WEIGHT.own);
      const keep = (fitting) => unit.scores.forEach((_, record) => fitting.has(record) || (unit.scores[record] = 0));
      if (terms.length > 1 && found(unit)) keep(await index.phrase(terms));
      if (terms.length < all.length && found(unit) && found(unit) <= MOST_READ) {
        const records = [...unit.scores.keys()].filter((record) => unit.scores[record]);
        const read = await Promise.all(records.map((record) => stands(all, record)));
        if (read.includes(true)) keep(new Set(records.filter((_, place) => read[place])));
      }
      return unit;
    };

    // Whether the words of a phrase, common ones too, stand in a row in the texts of a record.
    const stands = async (all, record) => {
      const fits = ({ word, term }, other) =>
        word === other || (!isStop(word) && (stem(other) === term || alternatives(other).includes(term)));
      const { texts } = await recordFile(record);
      return Object.values(texts)
        .flatMap(([name, summary, more, body]) => [name, summary, ...more, body])
        .some((text) => {
          const list = tokens(text);
          return list.some((_, start) =>
            all.every((one, place) => start + place < list.length && fits(one, list[start + place].word)),
          );
        });
    };

    // The alef at the end of a word that nothing is found by may stand for a tanwin, which the texts' words are
    // without: ليلا for ليل.
    const settled = (words) =>
      Promise.all(
        words.map(async (token) => {
          const { word, tanwin } = token;
          if (!tanwin || (await index.postings(stem(word))).count) return token;
          const without = word.slice(0, -1);
          await names.load([word]);
          const known = names.match([word]).forms.length || !(await index.postings(stem(without))).count;
          return known ? token : { ...token, word: without };
        }),
      );

    // Whether a word one edit from a person's name may be meant for it: a short one has to sound like it too.
    const isMistyped = (word, name) => {
      const length = Math.min(word.length, name.length);
      return length >= 7 || (length >= 5 && word[0] === name[0] && difference(sounds(word), sounds(name), 1) <= 0.5);
    };

    // The first correction that is not a person's name for an ordinary word.
    const likeliest = async (word) => {
      const core = bare(word);
      for (const { surface } of (await correct(word)).slice(0, MOST_CORRECTIONS)) {
        const other = bare(tokens(surface)[0].word);
        await names.load([other]);
        const named = names.match([other]).forms.some(({ kind }) => kind === "person");
        if (!named || (edits(core, other, 1) <= 1 && isMistyped(core, other))) return surface;
      }
      return undefined;
    };

    // Put corrected words in the place of those that nothing is found by.
    const correctWords = async (words, units) => {
      const corrected = [];
      const changed = new Map();
      for (const unit of units.filter((one) => !one.phrase && !found(one))) {
        for (const token of unit.words) {
          if (isCommon(token) || (await index.postings(stem(token.word))).count) continue;
          const to = await likeliest(token.word);
          if (!to) continue;
          changed.set(token, { ...token, word: tokens(to)[0].word });
          corrected.push({ token, to });
        }
      }
      return { corrected, words: words.map((token) => changed.get(token) ?? token) };
    };

    const matches = async (text, { typing, exact }) => {
      const query = parse(text);
      let words = await settled(query.words);
      const still = typing && words.length > 0 && words.at(-1).end === text.length;
      let units = await segment(words, still);
      await Promise.all(units.map(resolve));
      let corrected = [];
      if (!exact && units.some((unit) => !found(unit))) {
        const attempt = await correctWords(words, units);
        if (attempt.corrected.length) {
          ({ corrected, words } = attempt);
          units = await segment(words, false);
          await Promise.all(units.map(resolve));
        }
      }
      const phrases = await Promise.all(
        query.phrases.map(async (phrase) => resolvePhrase({ ...phrase, words: await settled(phrase.words) })),
      );
      let relaxed = false;
      for (const phrase of phrases) {
        if (found(phrase)) {
          units.push(phrase);
        } else {
          relaxed = true;
          const loose = await segment(phrase.words, false);
          await Promise.all(loose.map(resolve));
          units.push(...loose);
        }
      }
      units = units.filter((unit) => unit.words.length);
      const scores = new Float32Array(total);
      const counts = new Uint16Array(total);
      for (const unit of units) {
        unit.weight = unit.concepts.length ? NAMED : WORD;
        unit.scores.forEach((score, record) => {
          if (score > 0) {
            scores[record] += score;
            counts[record] += unit.weight;
          }
        });
      }
      const list = [];
      counts.forEach((count, record) => {
        const article = kindOf(record) === "article";
        if (count) list.push({ record, count, article, score: scores[record] * (article ? 1 : OTHER_KIND) });
      });
      list.sort((one, two) => two.score - one.score || one.record - two.record);
      return { units, list, corrected, relaxed };
    };

    // Of the records that are left by the filters, those that have all units; or, where none has, most of them. That
    // another record has all of them hides no article.
    const wholeOf = (units) => units.reduce((sum, { weight }) => sum + weight, 0);
    const sifted = (list, units) => {
      const most = (some) => some.reduce((one, { count }) => Math.max(one, count), 0);
      const articles = most(list.filter(({ article }) => article));
      const others = articles ? wholeOf(units) : most(list);
      return { level: Math.max(articles, list.some(({ count }) => count === others) ? others : 0), articles, others };
    };

    // The records that the query as a whole names.
    const answersOf = (units, list) => {
      if (units.length !== 1) return [];
      const concepts = new Set(units[0].concepts.map(({ record }) => record));
      return list.filter(({ record }) => concepts.has(record)).slice(0, MOST_ANSWERS);
    };

    // --- Filters

    const asList = (value) => (value === undefined || value === null || value === "" ? [] : [value].flat().map(String));

    const filtered = async (list, units, options) => {
      const names = ["kind", "language", "year", "topic", "person"];
      const wanted = Object.fromEntries(names.map((name) => [name, asList(options[name])]));
      const needs = options.facets || names.some((name) => name !== "kind" && wanted[name].length);
      const columns = needs ? await files.json("filters") : null;
      const about = (record, wantedKind) =>
        columns.about[record].map((place) => columns.named[place]).filter(([kind]) => kind === wantedKind);
      const values = {
        kind: (record) => [kindOf(record)],
        language: (record) => codes.filter((_, place) => columns.languages[record] & (1 << place)),
        year: (record) => (columns.years[record] ? [String(columns.years[record])] : []),
        topic: (record) => about(record, "topic").map(([, id]) => id),
        person: (record) => about(record, "person").map(([, id]) => id),
      };
      const failing = new Map();
      for (const one of list) {
        const fails = (name) => !values[name](one.record).some((value) => wanted[name].includes(value));
        failing.set(one, names.filter((name) => wanted[name].length && fails(name)));
      }
      const passing = list.filter((one) => !failing.get(one).length);
      const { level, articles, others } = sifted(passing, units);
      const enough = ({ count, article }) => count === (article ? articles : others);
      const kept = passing.filter(enough);
      const relaxed = level > 0 && level < wholeOf(units);
      if (!options.facets) return { kept, relaxed, facets: null };
      const facets = {};
      for (const name of names) {
        const counts = new Map();
        for (const one of list) {
          if (!failing.get(one).every((other) => other === name) || !enough(one)) continue;
          for (const value of values[name](one.record)) counts.set(value, (counts.get(value) ?? 0) + 1);
        }
        // A filter that is set stands in its list whatever is found.
        for (const value of wanted[name]) counts.set(value, counts.get(value) ?? 0);
        facets[name] = [...counts].map(([value, count]) => ({ value, count }));
      }
      const order = manifest.kinds.map(([kind]) => kind);
      facets.kind.sort((one, two) => order.indexOf(one.value) - order.indexOf(two.value));
      facets.language.sort((one, two) => codes.indexOf(one.value) - codes.indexOf(two.value));
      facets.year.sort((one, two) => two.value - one.value);
      const titles = new Map(columns.named.map(([kind, id, title]) => [`${kind}/${id}`, title]));
      for (const name of ["topic", "person"]) {
        facets[name].sort((one, two) => two.count - one.count || (one.value < two.value ? -1 : 1));
        facets[name] = facets[name]
          .filter(({ value }, place) => place < MOST_FACETS || wanted[name].includes(value))
          .map((facet) => ({ ...facet, names: titles.get(`${name}/${facet.value}`) }));
      }
      return { kept, relaxed, facets };
    };

    // --- Results

    const recordFile = (record) => files.json(`records/${record}`);

    const address = (kind, id, code) => {
      const path = kind === "page" ? `${code}/${id}/` : `${code}/${FOLDERS[kind]}/${id}/`;
      return new URL(root.protocol === "file:" ? `${path}index.html` : path, root).href;
    };

    const described = async ({ record, score }) => {
      const { kind, id, date, dates, articles, texts } = await recordFile(record);
      const mine = document.documentElement.lang;
      const languages = codes.filter((code) => texts[code]);
      const lang = languages.includes(mine) ? mine : languages[0];
      const dirOf = (code) => manifest.languages[code];
      // A text that the reader's language lacks is shown as it is, where it can be in the frame of that language.
      const framed = manifest.standIns || !["article", "page"].includes(kind);
      const version = (code, tree) => ({
        lang: code,
        dir: dirOf(code),
        title: texts[code][0],
        url: address(kind, id, tree),
      });
      return {
        kind,
        id,
        score,
        languages,
        ...version(lang, codes.includes(mine) && framed ? mine : lang),
        others: languages.filter((code) => code !== lang).map((code) => version(code, code)),
        date,
        dateText: dates[mine] ?? "",
        articles,
        description: texts[lang][1] ? { text: texts[lang][1], lang, dir: dirOf(lang) } : null,
        excerpt: null,
      };
    };

    // The names of records as sequences of stems, each under its first one.
    const namesOf = async (records) => {
      const starts = new Map();
      const put = (sequence) => starts.set(sequence[0], [...(starts.get(sequence[0]) ?? []), sequence]);
      for (const { kind, texts } of await Promise.all(records.map(recordFile))) {
        for (const written of Object.values(texts).flatMap(([name, , more]) => [name, ...more])) {
          const sequence = tokens(written).map(({ word }) => stem(word));
          if (sequence.length) put(sequence);
          // A surname stands for its bearer.
          if (kind === "person" && sequence.length > 1 && sequence.at(-1).length > 3) put(sequence.slice(-1));
        }
      }
      return starts;
    };

    // A function that marks the hits among the words of a text: by stems and plurals, and the names of who is meant.
    const hits = async (units) => {
      const stems = new Set(units.flatMap((unit) => [...unit.stems]));
      const keys = new Set(units.flatMap((unit) => unit.keys));
      const starts = await namesOf([...new Set(units.flatMap((unit) => unit.concepts.map(({ record }) => record)))]);
      const isHit = (word, possible) =>
        !isStop(word) &&
        (possible.some((one) => stems.has(one)) || possible.flatMap(pluralKeys).some((one) => keys.has(one)));
      return (list) => {
        const marked = new Set();
        const own = list.map(({ word }) => stem(word));
        for (const [place, { word }] of list.entries()) {
          const possible = [own[place], ...alternatives(word)];
          if (isHit(word, possible)) marked.add(place);
          for (const sequence of possible.flatMap((first) => starts.get(first) ?? [])) {
            const stands = sequence.every((one, distance) => distance === 0 || own[place + distance] === one);
            if (stands) sequence.forEach((_, distance) => marked.add(place + distance));
          }
        }
        return marked;
      };
    };

    // The words around a hit that make an excerpt: some before it and as many after as fit, within its paragraph.
    const stretch = (text, list, place) => {
      const begin = text.lastIndexOf("\n", list[place].start) + 1;
      const closing = text.indexOf("\n", list[place].end);
      const end = closing < 0 ? text.length : closing;
      let first = place;
      let last = place;
      const before = (room) =>
        first > 0 && list[first - 1].start >= begin && list[last].end - list[first - 1].start < room;
      const after = () =>
        last + 1 < list.length && list[last + 1].end <= end && list[last + 1].end - list[first].start < EXCERPT;
      while (before(EXCERPT / 4)) first--;
      while (after()) last++;
      while (before(EXCERPT)) first--;
      const whole = last + 1 === list.length || list[last + 1].start >= end;
      const opens = first === 0 || list[first - 1].start < begin;
      return { first, last, start: opens ? begin : list[first].start, end: whole ? end : list[last].end };
    };

    const excerpt = ([, summary, , body], lang, find) => {
      for (const text of [body, summary]) {
        const list = tokens(text);
        const marked = find(list);
        let best = null;
        for (const place of marked) {
          const here = stretch(text, list, place);
          const inside = [...marked].filter((one) => one >= here.first && one <= here.last);
          const value = new Set(inside.map((one) => stem(list[one].word))).size + inside.length / 100;
          if (!best || value > best.value) best = { ...here, value };
        }
        if (!best) continue;
        const { start, end } = best;
        const pieces = cut(text, list, marked, best);
        return { lang, dir: manifest.languages[lang], before: start > 0, after: end < text.trimEnd().length, pieces };
      }
      return null;
    };

    // A stretch of a text in pieces, hits and others by turns; hits side by side are one.
    const cut = (text, list, marked, { first, last, start, end }) => {
      const pieces = [];
      const put = (from, to, hit) => to > from && pieces.push({ text: text.slice(from, to), hit });
      const joined = (place) => /^[ \u00a0-]$/.test(text.slice(list[place].end, list[place + 1].start));
      let done = start;
      for (let place = first; place <= last; place++) {
        if (!marked.has(place)) continue;
        const from = list[place].start;
        while (place < last && marked.has(place + 1) && joined(place)) place++;
        put(done, from, false);
        put(from, list[place].end, true);
        done = list[place].end;
      }
      put(done, end, false);
      return pieces;
    };

    const withExcerpts = async (results, units, shown) => {
      const find = await hits(units);
      return Promise.all(
        results.map(async (result, place) => {
          const { texts } = await recordFile(shown[place].record);
          const ordered = [result.lang, ...result.others.map(({ lang }) => lang)];
          const [first = null] = ordered.map((code) => excerpt(texts[code], code, find)).filter(Boolean);
          return { ...result, excerpt: first };
        }),
      );
    };

    const perform = async (text, options) => {
      const outcome = await matches(text, options);
      const { kept, relaxed, facets } = await filtered(outcome.list, outcome.units, options);
      const chosen = answersOf(outcome.units, kept);
      const ranked = [...chosen, ...kept.filter((one) => !chosen.includes(one))];
      const offset = options.offset ?? 0;
      const shown = ranked.slice(offset, offset + (options.limit ?? 10));
      const answers = shown.filter((one) => chosen.includes(one)).length;
      const corrected = outcome.corrected.map(({ token, to }) => ({ from: text.slice(token.start, token.end), to }));
      const found = { total: kept.length, facets, shown, answers, corrected, places: outcome.corrected };
      return { units: outcome.units, relaxed: relaxed || outcome.relaxed, ...found };
    };

    const withCorrections = (text, corrected) => {
      let whole = "";
      let done = 0;
      for (const { token, to } of corrected) {
        whole += text.slice(done, token.start) + to;
        done = token.end;
      }
      return corrected.length ? whole + text.slice(done) : "";
    };

    const query = async (text, options = {}) => {
      const { shown, corrected } = await perform(String(text), options);
      const results = (await Promise.all(shown.map(described))).map(({ kind, id, languages, url, title, score }) => ({
        kind,
        id,
        languages,
        url,
        title: title.replace(ISOLATES, ""),
        score,
      }));
      return { results, corrected };
    };

    const search = async (text, options = {}) => {
      const asked = String(text);
      const { units, shown, answers, total: all, corrected, places, relaxed, facets } = await perform(asked, options);
      let results = await Promise.all(shown.map(described));
      if (options.excerpts !== false) results = await withExcerpts(results, units, shown);
      return {
        text: asked,
        total: all,
        answers: results.slice(0, answers),
        results: results.slice(answers),
        corrected,
        correctedText: withCorrections(asked, places),
        relaxed,
        facets,
      };
    };

    return { query, search };
  };
})();
