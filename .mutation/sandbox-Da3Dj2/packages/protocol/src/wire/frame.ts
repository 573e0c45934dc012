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
import { Views } from './bytes.js';
import { crc32 } from './crc32.js';
import { HEADER_BYTES, MAX_DATAGRAM_BYTES, type Problem } from './packet.js';
const B = 0x42;
const E = 0x45;
const MARKER = 0xff;
const CHECKED_FROM = 6;

// Datagrams are built and checked in this one buffer and copied out: creating a view of a new array of up to 64 bytes
// costs more than its checksum. No data outlives a call, and no call can interrupt another.
const buffer: Uint8Array = /* @__PURE__ */emptyFrame();
const whole: Views = /* @__PURE__ */new Views(buffer, 0);
const checked: Views = /* @__PURE__ */new Views(buffer, CHECKED_FROM);
function emptyFrame(): Uint8Array {
  if (stryMutAct_9fa48("226")) {
    {}
  } else {
    stryCov_9fa48("226");
    const bytes = new Uint8Array(MAX_DATAGRAM_BYTES);
    bytes[0] = B;
    bytes[1] = E;
    bytes[CHECKED_FROM] = MARKER;
    return bytes;
  }
}

/** Frames a payload of `head` followed by `body` (P1). The caller ensures that it fits a datagram. */
export function frame(head: readonly number[], body: Uint8Array): Uint8Array {
  if (stryMutAct_9fa48("227")) {
    {}
  } else {
    stryCov_9fa48("227");
    let length = HEADER_BYTES;
    for (const byte of head) buffer[stryMutAct_9fa48("228") ? length-- : (stryCov_9fa48("228"), length++)] = byte;
    buffer.set(body, length);
    stryMutAct_9fa48("229") ? length -= body.length : (stryCov_9fa48("229"), length += body.length);
    const sum = crc32(checked.to(length));
    buffer[2] = sum;
    buffer[3] = sum >>> 8;
    buffer[4] = sum >>> 16;
    buffer[5] = sum >>> 24;
    // Equivalent to `slice`, but faster.
    return new Uint8Array(whole.to(length));
  }
}

/** What is wrong with the frame of a datagram, or `undefined` (P1). The payload begins at `HEADER_BYTES`. */
export function frameProblem(datagram: Uint8Array): Problem | undefined {
  if (stryMutAct_9fa48("230")) {
    {}
  } else {
    stryCov_9fa48("230");
    const {
      length
    } = datagram;
    if (stryMutAct_9fa48("234") ? length > HEADER_BYTES : stryMutAct_9fa48("233") ? length < HEADER_BYTES : stryMutAct_9fa48("232") ? false : stryMutAct_9fa48("231") ? true : (stryCov_9fa48("231", "232", "233", "234"), length <= HEADER_BYTES)) return stryMutAct_9fa48("235") ? "" : (stryCov_9fa48("235"), 'too-short');
    if (stryMutAct_9fa48("238") ? datagram[0] !== B && datagram[1] !== E : stryMutAct_9fa48("237") ? false : stryMutAct_9fa48("236") ? true : (stryCov_9fa48("236", "237", "238"), (stryMutAct_9fa48("240") ? datagram[0] === B : stryMutAct_9fa48("239") ? false : (stryCov_9fa48("239", "240"), datagram[0] !== B)) || (stryMutAct_9fa48("242") ? datagram[1] === E : stryMutAct_9fa48("241") ? false : (stryCov_9fa48("241", "242"), datagram[1] !== E)))) return stryMutAct_9fa48("243") ? "" : (stryCov_9fa48("243"), 'bad-magic');
    if (stryMutAct_9fa48("246") ? datagram[CHECKED_FROM] === MARKER : stryMutAct_9fa48("245") ? false : stryMutAct_9fa48("244") ? true : (stryCov_9fa48("244", "245", "246"), datagram[CHECKED_FROM] !== MARKER)) return stryMutAct_9fa48("247") ? "" : (stryCov_9fa48("247"), 'bad-marker');
    const stated = ((datagram[2] as number) | (datagram[3] as number) << 8 | (datagram[4] as number) << 16 | (datagram[5] as number) << 24) >>> 0;
    return (stryMutAct_9fa48("250") ? checksum(datagram) !== stated : stryMutAct_9fa48("249") ? false : stryMutAct_9fa48("248") ? true : (stryCov_9fa48("248", "249", "250"), checksum(datagram) === stated)) ? undefined : stryMutAct_9fa48("251") ? "" : (stryCov_9fa48("251"), 'bad-checksum');
  }
}

// Above this length creating a view is cheaper than copying.
const COPIED_BYTES = 255;
function checksum(datagram: Uint8Array): number {
  if (stryMutAct_9fa48("252")) {
    {}
  } else {
    stryCov_9fa48("252");
    const {
      length
    } = datagram;
    if (stryMutAct_9fa48("256") ? length <= COPIED_BYTES : stryMutAct_9fa48("255") ? length >= COPIED_BYTES : stryMutAct_9fa48("254") ? false : stryMutAct_9fa48("253") ? true : (stryCov_9fa48("253", "254", "255", "256"), length > COPIED_BYTES)) return crc32(datagram.subarray(CHECKED_FROM));
    // The bytes before the checked ones are the same in every datagram, or written again for the next.
    buffer.set(datagram);
    return crc32(checked.to(length));
  }
}