/** Names in texts without markup: titles of windows and of notifications. */

const FROM_RIGHT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}\p{Script=Mende_Kikakui}]/u;
const FIRST_STRONG_ISOLATE = "\u2068";
const POP_ISOLATE = "\u2069";

/**
 * Isolates a name that is read from right to left, so that it does not reorder the text around it. Other names get no
 * marks, because some window managers draw a box for each mark. @param {string} name
 */
export const isolated = (name) => (FROM_RIGHT.test(name) ? FIRST_STRONG_ISOLATE + name + POP_ISOLATE : name);
