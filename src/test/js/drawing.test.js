/** What is known of a text or a picture before it is drawn. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { linksIn } from "../../main/webapp/links.js";
import { dimensions } from "../../main/webapp/picture.js";
import { clock, day, moment } from "../../main/webapp/times.js";

const found = (text) => linksIn(text).map(({ start, end }) => text.slice(start, end));

describe("a link", () => {
  const cases = {
    "ends before the punctuation of its sentence": ["See http://a.example/b, https://c.example! And http://d.example…", ["http://a.example/b", "https://c.example", "http://d.example"]],
    "keeps brackets that are closed in it": ["(https://en.example/wiki/Stack_(data)_[x])", ["https://en.example/wiki/Stack_(data)_[x]"]],
    "leaves brackets to the text around it": ["(see http://a.example/b) [http://a.example/c] {http://a.example/d}", ["http://a.example/b", "http://a.example/c", "http://a.example/d"]],
    "keeps quotes that are closed in it": ['http://a.example/?q="b"&c=\'d\'', ['http://a.example/?q="b"&c=\'d\'']],
    "leaves quotes to the text around it": ['"http://a.example/" \'http://a.example/b\' “http://a.example/c” „http://a.example/d“ «http://a.example/e»',
      ["http://a.example/", "http://a.example/b", "http://a.example/c", "http://a.example/d", "http://a.example/e"]],
    "does not go on behind a quote that nobody closes": ['http://a.example/"onmouseover=x', ["http://a.example/"]],
    "is found between the quotes of JSON": ['{"a":"http://a.example/b","c":["http://a.example/d"]}', ["http://a.example/b", "http://a.example/d"]],
    "has an apostrophe": ["http://a.example/it's", ["http://a.example/it's"]],
    "is found in upper case and behind letters of other scripts": ["見るHTTPS://A.example/b。次", ["HTTPS://A.example/b"]],
    "ends where the text is turned around": ["http://a.example/\u202emoc.live http://b.example/\u2066c", ["http://a.example/", "http://b.example/"]],
    "has letters of any script": ["http://дом.example/кот?х=1", ["http://дом.example/кот?х=1"]],
    "is of http only, and a word of its own": ["xhttp://a.example ftp://b.example javascript://c.example _https://d.example", []],
    "has a host that parses": ["http:// http://) https://[::1 http://a b http://%zz/", ["http://a"]],
  };
  for (const [name, [text, links]] of Object.entries(cases)) test(name, () => assert.deepEqual(found(text), links));

  test("is one of at most fifty", () => assert.equal(found("http://a.example ".repeat(200)).length, 50));

  test("that is longer than 2,048 characters stays text, and the next is found", () => {
    assert.deepEqual(found(`http://a.example/${"x".repeat(3_000)} http://b.example`), ["http://b.example"]);
    assert.equal(found(`http://a.example/${"x".repeat(2_000)}`).length, 1);
  });

  test("is looked for once in each place, whatever the text", () => {
    for (const part of ["http://a/", ")", "(", "http://", "://", '"', "http://a/(", "'", "http://[", "“"]) {
      const text = `http://a/${part.repeat(Math.ceil(2 ** 20 / part.length))}x`;
      assert.ok(linksIn(text).length <= 50);
    }
  });
});

describe("a picture's dimensions", () => {
  const file = (...parts) => Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? [...part].map((c) => c.charCodeAt(0)) : part)));
  const zeros = (count) => Array(count).fill(0);
  const cases = {
    PNG: file("\x89PNG\r\n\x1a\n", [0, 0, 0, 13], "IHDR", [0, 0, 0x40, 1, 0, 1, 0, 2], zeros(5)),
    "a GIF whose first frame is larger than its screen": file("GIF89a", [1, 0, 1, 0, 0x80, 0, 0], zeros(6), [0x21, 0xf9, 4, 0, 0, 0, 0, 0],
      [0x2c, 1, 0, 2, 0, 0, 0x40, 0, 0x80, 0]),
    "JPEG behind other segments": file([0xff, 0xd8, 0xff, 0xe1, 0, 6], zeros(4), [0xff, 0xff, 0xc4, 0, 3, 0, 0xff, 0xc2, 0, 17, 8, 0x80, 2, 0x40, 1], zeros(20)),
    "lossy WebP": file("RIFF", zeros(4), "WEBPVP8 ", zeros(10), [1, 0x20, 2, 0x30]),
    "lossless WebP": file("RIFF", zeros(4), "WEBPVP8L", zeros(4), [0x2f, 0xff, 0xff, 0xff, 0x0f]),
    "WebP with more in it": file("RIFF", zeros(4), "WEBPVP8X", zeros(8), [0xff, 0xff, 0, 0xff, 0x7f, 0]),
    AVIF: file([0, 0, 0, 20], "ftypavif", zeros(30), "ispe", zeros(4), [0, 0, 0x10, 0, 0, 0, 0x20, 0], zeros(9)),
  };
  const sizes = [[16_385, 65_538], [16_385, 32_770], [16_385, 32_770], [8_193, 12_290], [16_384, 16_384], [65_536, 32_768], [4_096, 8_192]];
  Object.entries(cases).forEach(([name, content], i) => {
    test(`are known of ${name}`, () => assert.deepEqual(dimensions(content), { width: sizes[i][0], height: sizes[i][1] }));
    test(`are not known of the beginning of ${name}`, () => {
      for (let end = 0; end < 10; end++) assert.equal(dimensions(content.subarray(0, end)), undefined);
    });
  });

  test("are not known of what is no picture", () => {
    assert.equal(dimensions(file("BM", zeros(60))), undefined);
    assert.equal(dimensions(file([0xff, 0xd8], Array(5_000).fill(0xff))), undefined);
    assert.equal(dimensions(file("\x89PNG\r\n\x1a\n", [0, 0, 0, 13], "IHDR", zeros(13))), undefined);
  });
});

describe("a time", () => {
  test("that is none has no words", () => assert.deepEqual([clock(NaN), day(NaN), moment(1e99)], ["", "", ""]));

  test("has its own words", () => {
    const [one, other] = [new Date(2026, 0, 31, 23, 59).getTime(), new Date(2026, 1, 1, 0, 0).getTime()];
    for (const words of [clock, day, moment]) assert.notEqual(words(one), words(other));
    assert.equal(day(one), day(one + 30_000));
  });
});
