/** Whether both arrays contain the same bytes. Stops at the first difference. */
// @ts-nocheck
function stryNS_9fa48() {
  var g = typeof globalThis === 'object' && globalThis && globalThis.Math === Math && globalThis || new Function("return this")();
  var ns = g.__stryker__ || (g.__stryker__ = {});
  if (ns.activeMutant === undefined && g.process && g.process.env && g.process.env.__STRYKER_ACTIVE_MUTANT__) {
    ns.activeMutant = g.process.env.__STRYKER_ACTIVE_MUTANT__;
  }
  function retrieveNS() {
    return ns;
  }
  stryNS_9fa48 = retrieveNS;
  return retrieveNS();
}
stryNS_9fa48();
function stryCov_9fa48() {
  var ns = stryNS_9fa48();
  var cov = ns.mutantCoverage || (ns.mutantCoverage = {
    static: {},
    perTest: {}
  });
  function cover() {
    var c = cov.static;
    if (ns.currentTestId) {
      c = cov.perTest[ns.currentTestId] = cov.perTest[ns.currentTestId] || {};
    }
    var a = arguments;
    for (var i = 0; i < a.length; i++) {
      c[a[i]] = (c[a[i]] || 0) + 1;
    }
  }
  stryCov_9fa48 = cover;
  cover.apply(null, arguments);
}
function stryMutAct_9fa48(id) {
  var ns = stryNS_9fa48();
  function isActive(id) {
    if (ns.activeMutant === id) {
      if (ns.hitCount !== void 0 && ++ns.hitCount > ns.hitLimit) {
        throw new Error('Stryker: Hit count limit reached (' + ns.hitCount + ')');
      }
      return true;
    }
    return false;
  }
  stryMutAct_9fa48 = isActive;
  return isActive(id);
}
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (stryMutAct_9fa48("0")) {
    {}
  } else {
    stryCov_9fa48("0");
    return stryMutAct_9fa48("3") ? a.length === b.length || a.every((byte, index) => byte === b[index]) : stryMutAct_9fa48("2") ? false : stryMutAct_9fa48("1") ? true : (stryCov_9fa48("1", "2", "3"), (stryMutAct_9fa48("5") ? a.length !== b.length : stryMutAct_9fa48("4") ? true : (stryCov_9fa48("4", "5"), a.length === b.length)) && (stryMutAct_9fa48("6") ? a.some((byte, index) => byte === b[index]) : (stryCov_9fa48("6"), a.every(stryMutAct_9fa48("7") ? () => undefined : (stryCov_9fa48("7"), (byte, index) => stryMutAct_9fa48("10") ? byte !== b[index] : stryMutAct_9fa48("9") ? false : stryMutAct_9fa48("8") ? true : (stryCov_9fa48("8", "9", "10"), byte === b[index]))))));
  }
}

// Up to this length a loop is faster than creating a view to copy from.
const LOOP_BYTES = 16;

/** A copy of the datagram's bytes from `start` on, independent of the datagram's memory. */
export function bytesFrom(datagram: Uint8Array, start: number): Uint8Array {
  if (stryMutAct_9fa48("11")) {
    {}
  } else {
    stryCov_9fa48("11");
    const length = stryMutAct_9fa48("12") ? datagram.length + start : (stryCov_9fa48("12"), datagram.length - start);
    // Not `slice`: on a Node `Buffer` it returns a view of the same memory.
    if (stryMutAct_9fa48("16") ? length <= LOOP_BYTES : stryMutAct_9fa48("15") ? length >= LOOP_BYTES : stryMutAct_9fa48("14") ? false : stryMutAct_9fa48("13") ? true : (stryCov_9fa48("13", "14", "15", "16"), length > LOOP_BYTES)) return new Uint8Array(new Uint8Array(datagram.buffer, stryMutAct_9fa48("17") ? datagram.byteOffset - start : (stryCov_9fa48("17"), datagram.byteOffset + start), length));
    const bytes = new Uint8Array(length);
    for (let i = 0; stryMutAct_9fa48("20") ? i >= length : stryMutAct_9fa48("19") ? i <= length : stryMutAct_9fa48("18") ? false : (stryCov_9fa48("18", "19", "20"), i < length); stryMutAct_9fa48("21") ? i-- : (stryCov_9fa48("21"), i++)) bytes[i] = datagram[start + i] as number;
    return bytes;
  }
}

// Common lengths. A longer copy costs more than its view.
const KEPT = 256;

/**
 * Views of one buffer from `start` to any end. Views of common lengths are made once, because creating one costs more
 * than the work on so few bytes.
 */
export class Views {
  readonly #buffer: Uint8Array;
  readonly #start: number;
  readonly #kept: Uint8Array[] = stryMutAct_9fa48("22") ? ["Stryker was here"] : (stryCov_9fa48("22"), []);
  constructor(buffer: Uint8Array, start: number) {
    if (stryMutAct_9fa48("23")) {
      {}
    } else {
      stryCov_9fa48("23");
      this.#buffer = buffer;
      this.#start = start;
    }
  }
  to(end: number): Uint8Array {
    if (stryMutAct_9fa48("24")) {
      {}
    } else {
      stryCov_9fa48("24");
      const kept = this.#kept[end];
      if (stryMutAct_9fa48("27") ? kept === undefined : stryMutAct_9fa48("26") ? false : stryMutAct_9fa48("25") ? true : (stryCov_9fa48("25", "26", "27"), kept !== undefined)) return kept;
      const made = this.#buffer.subarray(this.#start, end);
      if (stryMutAct_9fa48("31") ? end >= KEPT : stryMutAct_9fa48("30") ? end <= KEPT : stryMutAct_9fa48("29") ? false : stryMutAct_9fa48("28") ? true : (stryCov_9fa48("28", "29", "30", "31"), end < KEPT)) this.#kept[end] = made;
      return made;
    }
  }
}