/** What `parley.d.ts` declares is what the scripts are, by the types in their comments. Nothing of this runs. */
import * as script from "../../../main/webapp/parley.js";
import type * as parley from "../../../main/webapp/parley.js";
import type * as wire from "../../../main/webapp/wire.js";
import * as declared from "../../../main/npm/parley.js";

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
type Optional<T> = { [Key in keyof T]-?: undefined extends T[Key] ? Key : never }[keyof T];

/** Of the same shape, with the same names, the same of which may be left out. */
type Alike<A, B> = Same<A, B> extends true ? (Same<keyof A, keyof B> extends true ? Same<Optional<A>, Optional<B>> : false) : false;

/** Events apart: scripts have them from EventTarget, without their types. */
type Events = "addEventListener" | "removeEventListener" | "wire";
type Methods<T> = Omit<{ [Key in keyof T]: T[Key] extends (...given: infer Given) => infer Answer ? { given: Given; answer: Answer } : T[Key] }, Events>;

export const alike: true[] = [
  yes<Same<keyof typeof script, keyof typeof declared>>(),
  yes<Alike<Methods<script.ParleyClient>, Methods<declared.ParleyClient>>>(),
  yes<Same<ConstructorParameters<typeof script.ParleyClient>, ConstructorParameters<typeof declared.ParleyClient>>>(),
  yes<Same<ConstructorParameters<typeof script.ParleyError>, ConstructorParameters<typeof declared.ParleyError>>>(),
  yes<Alike<script.ParleyError, declared.ParleyError>>(),
  yes<Same<typeof script.newId, typeof declared.newId>>(),
  // Those for the page's own use are marked as internal.
  yes<Alike<Methods<Omit<script.ParleyClient["wire"], "welcomed" | "told">>, Methods<declared.Wire>>>(),
  yes<Alike<parley.Options, declared.Options>>(),
  yes<Alike<parley.Who, declared.Who>>(),
  yes<Alike<parley.Sending, declared.Sending>>(),
  yes<Alike<parley.Saying, declared.Saying>>(),
  yes<Alike<parley.Details, declared.Details>>(),
  yes<Alike<parley.Details["entry"], declared.Entry>>(),
  yes<Alike<parley.Caller, declared.Caller>>(),
  yes<Alike<parley.Details["joined"], declared.Joined>>(),
  yes<Alike<parley.Details["state"], declared.Transition>>(),
  yes<Alike<parley.Details["closed"], declared.Closed>>(),
  yes<Alike<parley.Details["welcome"], declared.Welcome>>(),
  yes<Alike<parley.Details["error"], declared.Details["error"]>>(),
  yes<Alike<parley.Details["bye"], declared.Details["bye"]>>(),
  yes<Alike<parley.Moderation, declared.Moderation>>(),
  yes<Alike<wire.Details, declared.WireDetails>>(),
  yes<Alike<wire.Control, declared.Control>>(),
];

declare function yes<Answer extends true>(): Answer;
