/** The direct rooms of a page, with a storage in the place of the browser's. */
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { DirectRooms, otherIn } from "../../main/webapp/direct.js";

const ANN = { caller: { kind: "user", id: "ann" } };

function storage() {
  const texts = new Map();
  return {
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => texts.set(key, text),
    removeItem: (key) => texts.delete(key),
  };
}

/** A page with its own tab of the browser. */
function page() {
  const rooms = new Map();
  const enter = (name, title) => rooms.set(name, { name, title, epoch: "e" });
  const direct = new DirectRooms(rooms, enter, () => {}, (name) => rooms.delete(name));
  return { rooms, direct, names: () => [...rooms.keys()] };
}

beforeEach(() => {
  globalThis.window = { localStorage: storage(), sessionStorage: storage() };
});

describe("the direct rooms of a page", () => {
  test("are entered, without an alert, where the person wrote on another device", () => {
    const { direct, names } = page();
    direct.welcomed(ANN);
    assert.equal(direct.invited({ room: "@bob", from: "ann", ...ANN }), false);
    assert.equal(direct.invited({ room: "@cleo", from: "cleo", caller: { kind: "user", id: "cleo" } }), true);
    assert.equal(direct.invited({ room: "@dan", from: "ann", caller: { kind: "application", id: "ann" } }), true);
    assert.deepEqual(names(), ["@bob", "@cleo", "@dan"]);
  });

  test("have the inbox among them, under a name that people understand", () => {
    const { rooms, direct } = page();
    direct.welcomed(ANN);
    assert.equal(direct.invited({ room: "@", from: "shop", caller: { kind: "application", id: "shop" } }), true);
    assert.equal(rooms.get("@").title, "Inbox");
    assert.equal(otherIn("@").kind, "application");
    assert.equal(otherIn("@bob").kind, "user");
  });

  test("are stored by several tabs together, until one is left", () => {
    const [one, other] = [page(), page()];
    one.direct.welcomed(ANN);
    other.direct.welcomed(ANN);
    one.direct.write("bob", "Bob");
    one.direct.remember("@bob");
    other.direct.write("cleo", "Cleo");
    other.direct.remember("@cleo");
    const later = page();
    later.direct.welcomed(ANN);
    assert.deepEqual(later.names(), ["@bob", "@cleo"]);
    later.direct.forget("@bob");
    later.rooms.delete("@bob");
    later.direct.remember("@cleo");
    const last = page();
    last.direct.welcomed(ANN);
    assert.deepEqual(last.names(), ["@cleo"]);
  });

  test("are none, if the storage is broken", () => {
    const { direct, names } = page();
    for (const broken of ["{", "7", '["x"]']) {
      window.localStorage.setItem("parley.direct.ann", broken);
      direct.welcomed(ANN);
      assert.deepEqual(names(), []);
    }
  });

  test("end with their person, and each person has its own drafts", () => {
    const { rooms, direct, names } = page();
    direct.welcomed(ANN);
    rooms.set("garden", { name: "garden", title: "garden", epoch: "e" });
    direct.write("bob", "Bob");
    const draft = direct.draftOf("@bob");
    direct.remember("@bob");
    direct.welcomed(ANN);
    assert.deepEqual(names(), ["garden", "@bob"]);
    direct.welcomed({ caller: { kind: "user", id: "cleo" } });
    assert.deepEqual(names(), ["garden"]);
    assert.notEqual(direct.draftOf("@bob"), draft);
    assert.equal(direct.draftOf("garden"), "draft.garden");
  });
});
