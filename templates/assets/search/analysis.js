// The analysis of Arabic and English words, for what a reader types. It does what site_builder/text/analysis.py and
// english.py do, where every step is explained; tests/search/words.json holds the two together.
"use strict";

(() => {
  const memo = (work) => {
    const kept = new Map();
    return (word) => {
      let found = kept.get(word);
      if (found === undefined) kept.set(word, (found = work(word)));
      return found;
    };
  };

  // --- Folding and words

  const ALIKE = new Map();
  for (const [from, to] of [
    ["ٱٲٳ", "ا"], ["ىیېےۍ", "ي"], ["ۆۇۈۋ", "و"], ["ةەہھۃ", "ه"], ["کگڭ", "ك"], ["ڤ", "ف"], ["پ", "ب"], ["چ", "ج"],
    ["ژ", "ز"], ["ڨ", "ق"], ["ں", "ن"], ["ٹ", "ت"], ["ڈ", "د"], ["ڑ", "ر"], ["ı", "i"], ["ø", "o"], ["ł", "l"],
    ["đ", "d"], ["æ", "ae"], ["œ", "oe"], ["þ", "th"], ["ð", "d"], ["ə", "e"], ["ـءٴ'’‘ʼʻʾʿ`´", ""],
  ]) {
    for (const letter of from) ALIKE.set(letter, to);
  }
  const MARKS =
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff";
  const WITHIN = "'’‘ʼʻ\u200b-\u200f\u061c\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad";
  const TANWIN = /(?:\u0627\u064b|\u064b\u0627)(?![\p{L}\p{N}_\u0610-\u061a\u064b-\u065f\u0670])/gu;
  const NO_LETTER = /^[\p{Mn}\p{Cf}]$/u;
  const DIGIT = /^\p{Nd}$/u;

  const foldedLetter = memo((letter) => {
    const plain = letter.normalize("NFKD").toLowerCase().toUpperCase().toLowerCase().normalize("NFKD");
    let folded = "";
    for (const part of plain) {
      if (NO_LETTER.test(part)) continue;
      if (DIGIT.test(part)) {
        const code = part.codePointAt(0);
        let zero = code;
        while (DIGIT.test(String.fromCodePoint(zero - 1))) zero--;
        folded += (code - zero) % 10;
      } else {
        folded += ALIKE.get(part) ?? part;
      }
    }
    return /^\s+$/u.test(folded) && !/\s/u.test(letter) ? "" : folded;
  });

  const fold = (text) => Array.from(text.replace(TANWIN, ""), foldedLetter).join("");

  const LETTER = "[\\p{L}\\p{N}]";
  const NO_DIGIT = "[\\p{L}\\p{Nl}\\p{No}]";
  const WORD = new RegExp(
    `(?<!${LETTER})${NO_DIGIT}(?:\\.${NO_DIGIT})+(?!${LETTER})\\.?` +
      `|${LETTER}(?:${LETTER}|[${MARKS}]|[${WITHIN}]+(?=${LETTER}))*`,
    "gu",
  );

  // The words of a text: where each starts and ends, and the word folded.
  const tokens = (text) => {
    const found = [];
    for (const match of text.matchAll(WORD)) {
      const surface = match[0].replace(/['’ʼ][sS]$/, "");
      const word = fold(surface.replaceAll(".", ""));
      if (word) found.push({ start: match.index, end: match.index + surface.length, word });
    }
    return found;
  };

  // --- Particles, stems, plurals

  const isArabic = (word) => word >= "\u0620" && word < "\u064b";

  const doubled = (word) => word.replace(/([\p{L}\p{N}_])\1+/gu, "$1");

  const readings = memo((word) => {
    const found = [word];
    if (!isArabic(word)) return found;
    const starts = [word];
    if ("وف".includes(word[0]) && word.length > 3) {
      starts.push(word.slice(1));
      found.push(word.slice(1));
    }
    for (const rest of starts) {
      if (rest.startsWith("لل") && rest.length > 3) found.push("ال" + rest.slice(2));
      if ("بلكس".includes(rest[0]) && rest.length > 2) found.push(rest.slice(1));
    }
    return found;
  });

  const bare = (word) => (word.startsWith("ال") && word.length > 4 ? word.slice(2) : word);

  const ARTICLES = ["وبال", "ولل", "وال", "بال", "كال", "فال", "ال", "لل"];
  const PRONOUNS = ["هما", "ها", "هم", "هن", "كم", "نا"];
  const ENDINGS = ["تان", "تين", "ان", "ات", "ون", "ين"];
  const INNER_ENDINGS = ["ان", "ون", "ين"];
  const without = (word, endings, least) => {
    const ending = endings.find((one) => word.endsWith(one) && word.length - one.length >= least);
    return ending ? word.slice(0, -ending.length) : word;
  };

  const withoutArticle = (word) => {
    const article = ARTICLES.find((one) => word.startsWith(one) && word.length - one.length >= 2);
    return article ? word.slice(article.length) : word;
  };

  const inflected = (word) => {
    word = withoutArticle(word);
    word = without(word, PRONOUNS, 4);
    if (word.length === 4 && word.endsWith("ات")) return word.slice(0, 2) + "ه";
    word = without(word, ENDINGS, 3);
    word = without(word, ["اه"], 4);
    word = without(word, ["ه"], 3);
    word = without(word, ["ي"], 4);
    return without(word, INNER_ENDINGS, 3);
  };

  const SINGULARS = new Map();
  for (const entry of fold(
    "امرأة:نساء امرأة:نسوة يوم:أيام بئر:آبار ماء:مياه شيء:أشياء ابن:أبناء بنت:بنات أخ:إخوة أب:آباء اسم:أسماء " +
      "رأي:آراء نبأ:أنباء حي:أحياء قرية:قرى رئيس:رؤساء مسؤول:مسئول شأن:شؤون رأس:رؤوس صوت:أصوات وقت:أوقات لون:ألوان " +
      "لغم:ألغام لعبة:ألعاب لقب:ألقاب ضوء:أضواء سنة:سنوات سنة:سنين قناة:قنوات فتاة:فتيات وفاة:وفيات آلة:آلات " +
      "ألف:آلاف مليون:ملايين طن:أطنان دينار:دنانير دواء:أدوية لواء:ألوية ميناء:موانئ مرفأ:مرافئ ملجأ:ملاجئ " +
      "مبدأ:مبادئ منشأة:منشآت سؤال:أسئلة شاهد:شهود دليل:أدلة أستاذ:أساتذة شاب:شباب شاب:شبان أرض:أراضي أهل:أهالي " +
      "أغنية:أغاني أغنية:أغان مبنى:مبان معنى:معان مقهى:مقاه فيلم:أفلام برنامج:برامج",
  ).split(" ")) {
    const [single, plural] = entry.split(":");
    for (const article of ["", "ال"]) SINGULARS.set(inflected(article + plural), inflected(single));
  }

  const stem = memo((word) => {
    if (!isArabic(word)) return english(word);
    const stemmed = inflected(word);
    return SINGULARS.get(stemmed) ?? stemmed;
  });

  const alternatives = memo((word) => {
    const stems = new Set(readings(word).map(stem));
    const rest = isArabic(word) ? withoutArticle(word) : "";
    if (rest !== word && rest.startsWith("ال")) stems.add(stem(rest));
    return [...stems].filter((other) => other.length >= 3 && other !== stem(word));
  });

  const PARTNERS = new Map();
  for (const entry of (
    "cc:ccwc,ccac,Accac,Acca ccc:Accac,ccwc,ccac,Accc ccyc:ccayc,ccca,Accca,Acca,ccc,cccy,Accc,ccac ccac:ccayc,ccc,Accc " +
    "ccwc:ccayc,ccc cacc:cwacc,ccac,ccca,Accac cccc:ccacc cccyc:ccacyc cccwc:ccacyc cccac:ccacyc,ccacc cacwc:cwacyc " +
    "cacyc:cwacyc cwcc:cwacc,cwacyc cyc:cywc,Acyac,cyac cwc:Acwac,cyac,cyc cac:Acwac,cyc,Acyac,cwac,cwwc,cca,cacy " +
    "cayc:cwac,cyac,cywc,cwayc,cac cacy:cca,Accy,cwac cccy:ccwc,Accac cca:Accy,Acca ccy:ccaya ccw:ccaw,Acca ccwy:ccaw " +
    "cch:ccc"
  ).split(" ")) {
    const [single, several] = entry.split(":");
    for (const plural of several.split(",")) {
      PARTNERS.set(single, [...(PARTNERS.get(single) ?? []), plural]);
      PARTNERS.set(plural, [...(PARTNERS.get(plural) ?? []), single]);
    }
  }

  const LONG = { ا: "a", و: "w", ي: "y" };
  const shapes = (stemmed) => {
    const found = [];
    for (const begin of stemmed.startsWith("ا") && stemmed.length > 3 ? [0, 1] : [0]) {
      const rest = stemmed.slice(begin + 1);
      const shape = "A".repeat(begin) + "c" + Array.from(rest, (letter) => LONG[letter] ?? "c").join("");
      if (stemmed.length === 3 && stemmed.endsWith("ه")) found.push([stemmed.slice(0, 2), "cch"]);
      if (PARTNERS.has(shape)) found.push([doubled(stemmed[begin] + rest.replace(/[اوي]/g, "")), shape]);
    }
    return found;
  };

  const pluralKeys = (stemmed) => (isArabic(stemmed) ? shapes(stemmed).map(([letters, shape]) => letters + shape) : []);

  const pluralPartners = (stemmed) =>
    isArabic(stemmed)
      ? [...new Set(shapes(stemmed).flatMap(([letters, shape]) => PARTNERS.get(shape).map((other) => letters + other)))]
      : [];

  // --- English

  const BASES = new Map();
  for (const entry of (
    "analysis:analyses arise:arose,arisen basis:bases bear:borne beat:beaten become:became begin:began,begun " +
    "bend:bent bid:bade bite:bitten bleed:bled blow:blew,blown break:broke,broken breed:bred bring:brought " +
    "build:built burn:burnt buy:bought catch:caught child:children choose:chose,chosen cling:clung creep:crept " +
    "crisis:crises criterion:criteria deal:dealt dig:dug draw:drew,drawn dream:dreamt drive:drove,driven " +
    "eat:ate,eaten fall:fell,fallen feed:fed feel:felt fight:fought find:found flee:fled fly:flew,flown foot:feet " +
    "forbid:forbade,forbidden forget:forgot,forgotten freeze:froze,frozen get:got give:gave,given go:went,gone " +
    "goose:geese grow:grew,grown half:halves hang:hung hear:heard hide:hidden hold:held hypothesis:hypotheses " +
    "keep:kept kneel:knelt knife:knives know:knew,known lay:laid lead:led leap:leapt learn:learnt leave:leaving " +
    "lend:lent life:lives light:lit loaf:loaves lose:lost make:made man:men mean:meant meet:met mouse:mice " +
    "overthrow:overthrew,overthrown ox:oxen pay:paid person:persons phenomenon:phenomena prove:proven " +
    "ride:rode,ridden rise:risen run:ran say:said see:seen seek:sought self:selves sell:sold send:sent sew:sewn " +
    "shake:shook,shaken shelf:shelves shine:shone shoot:shot show:shown shrink:shrank,shrunk sing:sang,sung " +
    "sink:sank,sunk sit:sat sleep:slept slide:slid speak:spoke,spoken spend:spent spin:spun spring:sprang,sprung " +
    "stand:stood steal:stole,stolen stick:stuck strike:struck strive:strove,striven swear:swore,sworn sweep:swept " +
    "swim:swam,swum swing:swung take:took,taken teach:taught tear:tore,torn tell:told thesis:theses thief:thieves " +
    "think:thought throw:threw,thrown tooth:teeth undergo:underwent,undergone understand:understood " +
    "undertake:undertook,undertaken uphold:upheld wake:woke,woken wear:wore,worn weep:wept wife:wives win:won " +
    "withdraw:withdrew,withdrawn withhold:withheld wolf:wolves woman:women write:wrote,written"
  ).split(" ")) {
    const [base, forms] = entry.split(":");
    for (const form of forms.split(",")) BASES.set(form, base);
  }
  const pairs = (written) => written.split(" ").map((pair) => pair.split(":"));
  const SPELLINGS = [
    [/(?<=..)is(e[drs]?|ers|ing|ations?|able)$/, "iz$1"],
    [/(?<=...)our(s?|ed|ing|able|ite|ites)$/, "or$1"],
    [/^(def|off|lic|pret)ence(s?)$/, "$1ense$2"],
    [/^(cent|theat|met|kilomet|fib)re(s?)$/, "$1er$2"],
    [/(?<=..)ogue(s?)$/, "og$1"],
    [/^programme/, "program"],
  ];
  const EXCEPTIONS = new Map(
    pairs(
      "skis:ski skies:sky dying:die lying:lie tying:tie idly:idl gently:gentl ugly:ugli early:earli only:onli " +
        "singly:singl sky:sky news:news howe:howe atlas:atlas cosmos:cosmos bias:bias andes:andes",
    ),
  );
  const KEPT = new Set("evening inning outing canning herring earring proceed exceed succeed".split(" "));
  const SECOND = pairs(
    "ization:ize ational:ate fulness:ful ousness:ous iveness:ive tional:tion biliti:ble lessli:less entli:ent " +
      "ation:ate alism:al aliti:al ousli:ous iviti:ive fulli:ful enci:ence anci:ance abli:able izer:ize ator:ate " +
      "alli:al bli:ble ogist:og logi:log li:",
  );
  const THIRD = pairs("ational:ate tional:tion alize:al icate:ic iciti:ic ative: ical:ic ness: ful:");
  const FOURTH = "ement ance ence able ible ment ant ent ism ate iti ous ive ize ion al er ic".split(" ");
  const SHORT_END = /(?:[^aeiouy][aeiouy][^aeiouywxY]|^[aeiouy][^aeiouy])$/;

  const region = (word, from) => {
    const place = word.slice(from).search(/[aeiouy][^aeiouy]/);
    return place < 0 ? word.length : from + place + 2;
  };

  const singular = (word) => {
    if (word.endsWith("sses")) return word.slice(0, -2);
    if (/ie[ds]$/.test(word)) return word.slice(0, word.length > 4 ? -2 : -1);
    return /[aeiouy].+s$/.test(word) && !/[us]s$/.test(word) ? word.slice(0, -1) : word;
  };

  const present = (word, first) => {
    const agreed = /eed(?:ly)?$/.exec(word);
    if (agreed) return agreed.index >= first ? word.slice(0, agreed.index) + "ee" : word;
    const found = /(?:ingly|edly|ing|ed)$/.exec(word);
    if (!found || !/[aeiouy]/.test(word.slice(0, found.index))) return word;
    word = word.slice(0, found.index);
    if (/(?:at|bl|iz)$/.test(word)) return word + "e";
    if (/(?<!^[aeo])(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(word)) return word.slice(0, -1);
    return first >= word.length && SHORT_END.test(word) ? word + "e" : word;
  };

  const underived = (word, first, second) => {
    let found = SECOND.find(([ending]) => word.endsWith(ending));
    if (found) {
      const [ending, instead] = found;
      const cut = word.length - ending.length;
      const fits = ending !== "li" || /[cdeghkmnrt]$/.test(word.slice(0, cut));
      if (cut + (ending === "logi" ? 1 : 0) >= first && fits) word = word.slice(0, cut) + instead;
    }
    found = THIRD.find(([ending]) => word.endsWith(ending));
    if (found) {
      const [ending, instead] = found;
      const cut = word.length - ending.length;
      if (cut >= (ending === "ative" ? second : first)) word = word.slice(0, cut) + instead;
    }
    return word;
  };

  const final = (word, first, second) => {
    const ending = FOURTH.find((one) => word.endsWith(one));
    if (ending) {
      const cut = word.length - ending.length;
      if (cut >= second && (ending !== "ion" || /[st]/.test(word[cut - 1]))) word = word.slice(0, cut);
    }
    const last = word.length - 1;
    if (word.endsWith("e") && (last >= second || (last >= first && !SHORT_END.test(word.slice(0, last))))) {
      return word.slice(0, last);
    }
    return word.endsWith("ll") && last >= second ? word.slice(0, last) : word;
  };

  const english = (word) => {
    if (!/^[a-z]{3,}$/.test(word)) return word;
    word = BASES.get(word) ?? word;
    for (const [pattern, instead] of SPELLINGS) word = word.replace(pattern, instead);
    if (EXCEPTIONS.has(word)) return EXCEPTIONS.get(word);
    word = word.replace(/(^|[aeiouy])y/g, "$1Y");
    const special = /^(?:gener|commun|arsen|past|univers|later|emerg|organ|inter)/.exec(word);
    const first = special ? special[0].length : region(word, 0);
    const second = region(word, first);
    word = singular(word);
    if (KEPT.has(word)) return word;
    word = present(word, first);
    if (word.length > 2 && /[^aeiouy][yY]$/.test(word)) word = word.slice(0, -1) + "i";
    return final(underived(word, first, second), first, second).toLowerCase();
  };

  // --- Names as they sound

  const ARABIC_SOUNDS = new Map(
    [..."ابتثجحخدذرزسشصضطظعغفقكلمنهوي"].map((letter, place) => [letter, "abtTjHxdDrzsSsdtzagfqklmnhui"[place]]),
  );
  const LATIN_GROUPS = pairs(
    "tsch:C shch:S tch:C sch:S cz:C dj:j tz:z ts:z sh:S ch:C zh:j x:ks kh:x gh:g ph:f th:T dh:D ck:k ce:se ci:si " +
      "cy:sy oe:u c:k y:i w:v",
  );

  // A word as a string of sounds, one letter each, the same letters for Arabic and Latin script.
  const sounds = memo((word) => {
    if (isArabic(word)) {
      word = Array.from(word.replaceAll("تش", "C"), (letter) => ARABIC_SOUNDS.get(letter) ?? letter).join("");
    } else {
      for (const [letters, sound] of LATIN_GROUPS) word = word.replaceAll(letters, sound);
    }
    return doubled(word).replace(/^[ai](?=[^aeiou]{2})/, "");
  });

  const CLASSES = new Map([..."tTdDszjgqkxSCbfvrlmn"].map((sound, place) => [sound, "TTTTSSKKKKKCCPPPRLMN"[place]]));
  for (const sound of "aeiouhH") CLASSES.set(sound, "");
  const classOf = (sound) => CLASSES.get(sound) ?? sound;
  const once = (key) => key.replace(/([A-Z0-9])\1+/g, "$1");

  const nameKey = memo((word) => once(Array.from(sounds(word), classOf).join("")));

  const OTHERWISE = {
    T: "TS", D: "TS", j: "KSC-", C: "CKS", S: "CS", g: "K-", x: "K-", f: "P-", v: "P-", s: "SC", z: "STC", k: "KSC",
  };
  const MOST_KEYS = 24;

  // The keys under which to look for a known word: `nameKey`, and those of likely other spellings.
  const nameKeys = memo((word) => {
    const heard = [...consonants(sounds(word))];
    let keys = [""];
    let size = 1;
    for (const [place, sound] of heard.entries()) {
      let others = size < MOST_KEYS ? (OTHERWISE[sound] ?? "") : "";
      if (place === heard.length - 1 && place > 2 && "td".includes(sound)) others = "T-";
      if (place === 0 && sound !== "j") others = others.replace("-", "");
      const options = [...new Set([classOf(sound), ...others])];
      keys = keys.flatMap((key) => options.map((option) => key + option.replace("-", "")));
      size *= options.length;
    }
    return [...new Set(keys.slice(0, MOST_KEYS * 4).map(once))].sort();
  });

  const NEAR = new Map();
  const VOWELS = "aeiou";
  const SOUNDS = "abtTjHxdDrzsSgqfvklmnhuieoC" + "pw";
  const LISTED = new Map();
  for (const [listed, cost] of [
    ["jg gq qk gk kj jq", 0.2],
    ["tT Ts sz Tt Dd Dz td xk xh hH SC jz zd fv vb fb", 0.3],
    ["xg xH xS jS js jC Ck Cs Ss zS kC ks gh vu fu ji qx xC mn", 0.45],
    ["ly li", 0.6],
  ]) {
    for (const [one, two] of listed.split(" ")) {
      LISTED.set(one + two, cost);
      LISTED.set(two + one, cost);
    }
  }
  for (const one of SOUNDS) {
    for (const two of SOUNDS) {
      const vowels = VOWELS.includes(one) && VOWELS.includes(two);
      NEAR.set(one + two, one === two ? 0 : vowels ? 0.2 : (LISTED.get(one + two) ?? 1.2));
    }
  }
  const LEFT_OUT = { a: 0.2, e: 0.2, i: 0.2, o: 0.2, u: 0.2, h: 0.35, H: 0.6, d: 0.7, t: 0.7, g: 0.7, n: 0.9 };

  // How far two words apart are, given as `sounds`; more than `most` where hopeless.
  const difference = (one, other, most) => {
    if (one === other) return 0;
    const theirs = [...other];
    const costs = theirs.map((sound) => LEFT_OUT[sound] ?? 1);
    let before = [0];
    for (const cost of costs) before.push(before.at(-1) + cost);
    for (const mine of one) {
      const gone = LEFT_OUT[mine] ?? 1;
      let diagonal = before[0];
      let left = diagonal + gone;
      const row = [left];
      for (const [place, sound] of theirs.entries()) {
        const up = before[place + 1];
        const exchanged = diagonal + (NEAR.get(mine + sound) ?? (mine !== sound ? 1.2 : 0));
        left = Math.min(exchanged, left + costs[place], up + gone);
        row.push(left);
        diagonal = up;
      }
      if (Math.min(...row) > most) return most + 1;
      before = row;
    }
    return before.at(-1);
  };

  const consonants = (heard) => heard.replace(/[aeiouhH]/g, "");

  const words = { fold, tokens, isArabic, readings, bare, stem, alternatives, pluralKeys, pluralPartners };
  siteSearch.analysis = { ...words, sounds, nameKey, nameKeys, difference, consonants };
})();
