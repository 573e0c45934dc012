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
import { bytesFrom } from './bytes.js';
import { frameProblem } from './frame.js';
import { type ClientPacket, HEADER_BYTES, type MalformedPacket, type Problem, type ServerPacket, TYPE } from './packet.js';
const FIRST = stryMutAct_9fa48("33") ? HEADER_BYTES - 1 : (stryCov_9fa48("33"), HEADER_BYTES + 1);
const SECOND = stryMutAct_9fa48("34") ? HEADER_BYTES - 2 : (stryCov_9fa48("34"), HEADER_BYTES + 2);

/**
 * Decodes a datagram from a client: its packet, or what is wrong with it. Never throws. The packet's bytes are a copy.
 *
 * @example
 * ```ts
 * import { decodeClientPacket } from '@bercon/protocol'
 *
 * console.log(decodeClientPacket(Uint8Array.of(1, 2, 3))) // { type: 'malformed', problem: 'too-short', length: 3 }
 * ```
 */
export function decodeClientPacket(datagram: Uint8Array): ClientPacket | MalformedPacket {
  if (stryMutAct_9fa48("35")) {
    {}
  } else {
    stryCov_9fa48("35");
    const problem = frameProblem(datagram);
    if (stryMutAct_9fa48("38") ? problem === undefined : stryMutAct_9fa48("37") ? false : stryMutAct_9fa48("36") ? true : (stryCov_9fa48("36", "37", "38"), problem !== undefined)) return malformed(datagram, problem);
    const type = datagram[HEADER_BYTES];
    if (stryMutAct_9fa48("41") ? type !== TYPE.login : stryMutAct_9fa48("40") ? false : stryMutAct_9fa48("39") ? true : (stryCov_9fa48("39", "40", "41"), type === TYPE.login)) return stryMutAct_9fa48("42") ? {} : (stryCov_9fa48("42"), {
      type: stryMutAct_9fa48("43") ? "" : (stryCov_9fa48("43"), 'login'),
      bytes: bytesFrom(datagram, FIRST)
    });
    if (stryMutAct_9fa48("46") ? type !== TYPE.command || type !== TYPE.message : stryMutAct_9fa48("45") ? false : stryMutAct_9fa48("44") ? true : (stryCov_9fa48("44", "45", "46"), (stryMutAct_9fa48("48") ? type === TYPE.command : stryMutAct_9fa48("47") ? true : (stryCov_9fa48("47", "48"), type !== TYPE.command)) && (stryMutAct_9fa48("50") ? type === TYPE.message : stryMutAct_9fa48("49") ? true : (stryCov_9fa48("49", "50"), type !== TYPE.message)))) return malformed(datagram, stryMutAct_9fa48("51") ? "" : (stryCov_9fa48("51"), 'unknown-type'));
    const sequence = datagram[FIRST];
    if (stryMutAct_9fa48("54") ? sequence !== undefined : stryMutAct_9fa48("53") ? false : stryMutAct_9fa48("52") ? true : (stryCov_9fa48("52", "53", "54"), sequence === undefined)) return malformed(datagram, stryMutAct_9fa48("55") ? "" : (stryCov_9fa48("55"), 'truncated-packet'));
    if (stryMutAct_9fa48("58") ? type !== TYPE.command : stryMutAct_9fa48("57") ? false : stryMutAct_9fa48("56") ? true : (stryCov_9fa48("56", "57", "58"), type === TYPE.command)) return stryMutAct_9fa48("59") ? {} : (stryCov_9fa48("59"), {
      type: stryMutAct_9fa48("60") ? "" : (stryCov_9fa48("60"), 'command'),
      sequence,
      bytes: bytesFrom(datagram, SECOND)
    });
    if (stryMutAct_9fa48("64") ? datagram.length <= SECOND : stryMutAct_9fa48("63") ? datagram.length >= SECOND : stryMutAct_9fa48("62") ? false : stryMutAct_9fa48("61") ? true : (stryCov_9fa48("61", "62", "63", "64"), datagram.length > SECOND)) return malformed(datagram, stryMutAct_9fa48("65") ? "" : (stryCov_9fa48("65"), 'trailing-bytes'));
    return stryMutAct_9fa48("66") ? {} : (stryCov_9fa48("66"), {
      type: stryMutAct_9fa48("67") ? "" : (stryCov_9fa48("67"), 'acknowledgement'),
      sequence
    });
  }
}

/**
 * Decodes a datagram from a server: its packet, or what is wrong with it. Never throws. The packet's bytes are a copy.
 *
 * @example
 * ```ts
 * import { decodeServerPacket } from '@bercon/protocol'
 *
 * const datagram = Uint8Array.of(0x42, 0x45, 0x69, 0xdd, 0xde, 0x36, 0xff, 0x00, 0x01)
 * console.log(decodeServerPacket(datagram)) // { type: 'login', accepted: true }
 * ```
 */
export function decodeServerPacket(datagram: Uint8Array): ServerPacket | MalformedPacket {
  if (stryMutAct_9fa48("68")) {
    {}
  } else {
    stryCov_9fa48("68");
    const problem = frameProblem(datagram);
    if (stryMutAct_9fa48("71") ? problem === undefined : stryMutAct_9fa48("70") ? false : stryMutAct_9fa48("69") ? true : (stryCov_9fa48("69", "70", "71"), problem !== undefined)) return malformed(datagram, problem);
    const type = datagram[HEADER_BYTES] as number;
    if (stryMutAct_9fa48("75") ? type <= TYPE.message : stryMutAct_9fa48("74") ? type >= TYPE.message : stryMutAct_9fa48("73") ? false : stryMutAct_9fa48("72") ? true : (stryCov_9fa48("72", "73", "74", "75"), type > TYPE.message)) return malformed(datagram, stryMutAct_9fa48("76") ? "" : (stryCov_9fa48("76"), 'unknown-type'));
    const first = datagram[FIRST];
    if (stryMutAct_9fa48("79") ? first !== undefined : stryMutAct_9fa48("78") ? false : stryMutAct_9fa48("77") ? true : (stryCov_9fa48("77", "78", "79"), first === undefined)) return malformed(datagram, stryMutAct_9fa48("80") ? "" : (stryCov_9fa48("80"), 'truncated-packet'));
    if (stryMutAct_9fa48("83") ? type !== TYPE.login : stryMutAct_9fa48("82") ? false : stryMutAct_9fa48("81") ? true : (stryCov_9fa48("81", "82", "83"), type === TYPE.login)) return loginAnswer(datagram, first);
    if (stryMutAct_9fa48("86") ? type !== TYPE.message : stryMutAct_9fa48("85") ? false : stryMutAct_9fa48("84") ? true : (stryCov_9fa48("84", "85", "86"), type === TYPE.message)) return stryMutAct_9fa48("87") ? {} : (stryCov_9fa48("87"), {
      type: stryMutAct_9fa48("88") ? "" : (stryCov_9fa48("88"), 'message'),
      sequence: first,
      bytes: bytesFrom(datagram, SECOND)
    });
    if (stryMutAct_9fa48("91") ? datagram[SECOND] !== 0 : stryMutAct_9fa48("90") ? false : stryMutAct_9fa48("89") ? true : (stryCov_9fa48("89", "90", "91"), datagram[SECOND] === 0)) return responsePart(datagram, first);
    return stryMutAct_9fa48("92") ? {} : (stryCov_9fa48("92"), {
      type: stryMutAct_9fa48("93") ? "" : (stryCov_9fa48("93"), 'response'),
      sequence: first,
      bytes: bytesFrom(datagram, SECOND)
    });
  }
}
function loginAnswer(datagram: Uint8Array, answer: number): ServerPacket | MalformedPacket {
  if (stryMutAct_9fa48("94")) {
    {}
  } else {
    stryCov_9fa48("94");
    if (stryMutAct_9fa48("98") ? datagram.length <= SECOND : stryMutAct_9fa48("97") ? datagram.length >= SECOND : stryMutAct_9fa48("96") ? false : stryMutAct_9fa48("95") ? true : (stryCov_9fa48("95", "96", "97", "98"), datagram.length > SECOND)) return malformed(datagram, stryMutAct_9fa48("99") ? "" : (stryCov_9fa48("99"), 'trailing-bytes'));
    if (stryMutAct_9fa48("103") ? answer <= 1 : stryMutAct_9fa48("102") ? answer >= 1 : stryMutAct_9fa48("101") ? false : stryMutAct_9fa48("100") ? true : (stryCov_9fa48("100", "101", "102", "103"), answer > 1)) return malformed(datagram, stryMutAct_9fa48("104") ? "" : (stryCov_9fa48("104"), 'bad-login-answer'));
    return stryMutAct_9fa48("105") ? {} : (stryCov_9fa48("105"), {
      type: stryMutAct_9fa48("106") ? "" : (stryCov_9fa48("106"), 'login'),
      accepted: stryMutAct_9fa48("109") ? answer !== 1 : stryMutAct_9fa48("108") ? false : stryMutAct_9fa48("107") ? true : (stryCov_9fa48("107", "108", "109"), answer === 1)
    });
  }
}
function responsePart(datagram: Uint8Array, sequence: number): ServerPacket | MalformedPacket {
  if (stryMutAct_9fa48("110")) {
    {}
  } else {
    stryCov_9fa48("110");
    const total = datagram[stryMutAct_9fa48("111") ? SECOND - 1 : (stryCov_9fa48("111"), SECOND + 1)];
    const index = datagram[stryMutAct_9fa48("112") ? SECOND - 2 : (stryCov_9fa48("112"), SECOND + 2)];
    if (stryMutAct_9fa48("115") ? total === undefined && index === undefined : stryMutAct_9fa48("114") ? false : stryMutAct_9fa48("113") ? true : (stryCov_9fa48("113", "114", "115"), (stryMutAct_9fa48("117") ? total !== undefined : stryMutAct_9fa48("116") ? false : (stryCov_9fa48("116", "117"), total === undefined)) || (stryMutAct_9fa48("119") ? index !== undefined : stryMutAct_9fa48("118") ? false : (stryCov_9fa48("118", "119"), index === undefined)))) return malformed(datagram, stryMutAct_9fa48("120") ? "" : (stryCov_9fa48("120"), 'truncated-packet'));
    if (stryMutAct_9fa48("124") ? index < total : stryMutAct_9fa48("123") ? index > total : stryMutAct_9fa48("122") ? false : stryMutAct_9fa48("121") ? true : (stryCov_9fa48("121", "122", "123", "124"), index >= total)) return malformed(datagram, stryMutAct_9fa48("125") ? "" : (stryCov_9fa48("125"), 'bad-part'));
    return stryMutAct_9fa48("126") ? {} : (stryCov_9fa48("126"), {
      type: stryMutAct_9fa48("127") ? "" : (stryCov_9fa48("127"), 'response-part'),
      sequence,
      total,
      index,
      bytes: bytesFrom(datagram, stryMutAct_9fa48("128") ? SECOND - 3 : (stryCov_9fa48("128"), SECOND + 3))
    });
  }
}
function malformed(datagram: Uint8Array, problem: Problem): MalformedPacket {
  if (stryMutAct_9fa48("129")) {
    {}
  } else {
    stryCov_9fa48("129");
    return stryMutAct_9fa48("130") ? {} : (stryCov_9fa48("130"), {
      type: stryMutAct_9fa48("131") ? "" : (stryCov_9fa48("131"), 'malformed'),
      problem,
      length: datagram.length
    });
  }
}