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
import { InvalidArgumentError, passwordTooLong, passwordWithNul, tooManyBytes, unshownArgument } from '../errors.js';
import { frame } from './frame.js';
import { type ClientPacket, HEADER_BYTES, MAX_DATAGRAM_BYTES, type ResponsePartPacket, type ServerPacket, TYPE } from './packet.js';

/**
 * Encodes a client's packet as a datagram (P1, P3-P5, P8).
 *
 * @throws {@link InvalidArgumentError} naming the field of an invalid packet: a sequence that is not a byte, a password
 * with NUL, more than 65,507 bytes.
 * @example
 * ```ts
 * import { encodeClientPacket } from '@bercon/protocol'
 *
 * const bytes = new TextEncoder().encode('players')
 * console.log(encodeClientPacket({ type: 'command', sequence: 255, bytes }).length) // 16
 * ```
 */
export function encodeClientPacket(packet: ClientPacket): Uint8Array {
  if (stryMutAct_9fa48("132")) {
    {}
  } else {
    stryCov_9fa48("132");
    checkShape(packet);
    switch (packet.type) {
      case stryMutAct_9fa48("134") ? "" : (stryCov_9fa48("134"), 'login'):
        if (stryMutAct_9fa48("133")) {} else {
          stryCov_9fa48("133");
          checkBytes(packet.bytes);
          // Servers written in C read the password up to a NUL, so one that contains NUL would mean a different password.
          if (stryMutAct_9fa48("136") ? false : stryMutAct_9fa48("135") ? true : (stryCov_9fa48("135", "136"), packet.bytes.includes(0))) throw passwordWithNul();
          // Not `body`, whose error would contain the bytes.
          if (stryMutAct_9fa48("140") ? packet.bytes.length <= MAX_PASSWORD_BYTES : stryMutAct_9fa48("139") ? packet.bytes.length >= MAX_PASSWORD_BYTES : stryMutAct_9fa48("138") ? false : stryMutAct_9fa48("137") ? true : (stryCov_9fa48("137", "138", "139", "140"), packet.bytes.length > MAX_PASSWORD_BYTES)) throw passwordTooLong(MAX_PASSWORD_BYTES);
          return frame(stryMutAct_9fa48("141") ? [] : (stryCov_9fa48("141"), [TYPE.login]), packet.bytes);
        }
      case stryMutAct_9fa48("143") ? "" : (stryCov_9fa48("143"), 'command'):
        if (stryMutAct_9fa48("142")) {} else {
          stryCov_9fa48("142");
          return body(stryMutAct_9fa48("144") ? [] : (stryCov_9fa48("144"), [TYPE.command, sequence(packet)]), packet.bytes);
        }
      case stryMutAct_9fa48("146") ? "" : (stryCov_9fa48("146"), 'acknowledgement'):
        if (stryMutAct_9fa48("145")) {} else {
          stryCov_9fa48("145");
          return frame(stryMutAct_9fa48("147") ? [] : (stryCov_9fa48("147"), [TYPE.message, sequence(packet)]), NOTHING);
        }
      default:
        if (stryMutAct_9fa48("148")) {} else {
          stryCov_9fa48("148");
          throw unknownType(packet, stryMutAct_9fa48("149") ? "" : (stryCov_9fa48("149"), "'login', 'command' or 'acknowledgement'"));
        }
    }
  }
}

/**
 * Encodes a server's packet as a datagram (P1, P3, P4, P6, P8). A response that begins with NUL becomes part 0 of 1,
 * because it would look like a part (W16).
 *
 * @throws {@link InvalidArgumentError} naming the field of an invalid packet: a sequence, total or index that is not a
 * byte, an index that is not below the total, more than 65,507 bytes.
 * @example
 * ```ts
 * import { encodeServerPacket } from '@bercon/protocol'
 *
 * console.log(encodeServerPacket({ type: 'login', accepted: true }).length) // 9
 * ```
 */
export function encodeServerPacket(packet: ServerPacket): Uint8Array {
  if (stryMutAct_9fa48("150")) {
    {}
  } else {
    stryCov_9fa48("150");
    checkShape(packet);
    switch (packet.type) {
      case stryMutAct_9fa48("152") ? "" : (stryCov_9fa48("152"), 'login'):
        if (stryMutAct_9fa48("151")) {} else {
          stryCov_9fa48("151");
          if (stryMutAct_9fa48("155") ? typeof packet.accepted === 'boolean' : stryMutAct_9fa48("154") ? false : stryMutAct_9fa48("153") ? true : (stryCov_9fa48("153", "154", "155"), typeof packet.accepted !== (stryMutAct_9fa48("156") ? "" : (stryCov_9fa48("156"), 'boolean')))) throw unshownArgument(stryMutAct_9fa48("157") ? "" : (stryCov_9fa48("157"), 'accepted'), packet.accepted, stryMutAct_9fa48("158") ? "" : (stryCov_9fa48("158"), 'true or false'));
          return frame(stryMutAct_9fa48("159") ? [] : (stryCov_9fa48("159"), [TYPE.login, packet.accepted ? 1 : 0]), NOTHING);
        }
      case stryMutAct_9fa48("161") ? "" : (stryCov_9fa48("161"), 'response'):
        if (stryMutAct_9fa48("160")) {} else {
          stryCov_9fa48("160");
          checkBytes(packet.bytes);
          if (stryMutAct_9fa48("164") ? packet.bytes[0] !== 0 : stryMutAct_9fa48("163") ? false : stryMutAct_9fa48("162") ? true : (stryCov_9fa48("162", "163", "164"), packet.bytes[0] === 0)) return body(stryMutAct_9fa48("165") ? [] : (stryCov_9fa48("165"), [TYPE.command, sequence(packet), 0, 1, 0]), packet.bytes);
          return body(stryMutAct_9fa48("166") ? [] : (stryCov_9fa48("166"), [TYPE.command, sequence(packet)]), packet.bytes);
        }
      case stryMutAct_9fa48("168") ? "" : (stryCov_9fa48("168"), 'response-part'):
        if (stryMutAct_9fa48("167")) {} else {
          stryCov_9fa48("167");
          return body(stryMutAct_9fa48("169") ? [] : (stryCov_9fa48("169"), [TYPE.command, sequence(packet), 0, total(packet), index(packet)]), packet.bytes);
        }
      case stryMutAct_9fa48("171") ? "" : (stryCov_9fa48("171"), 'message'):
        if (stryMutAct_9fa48("170")) {} else {
          stryCov_9fa48("170");
          return body(stryMutAct_9fa48("172") ? [] : (stryCov_9fa48("172"), [TYPE.message, sequence(packet)]), packet.bytes);
        }
      default:
        if (stryMutAct_9fa48("173")) {} else {
          stryCov_9fa48("173");
          throw unknownType(packet, stryMutAct_9fa48("174") ? "" : (stryCov_9fa48("174"), "'login', 'response', 'response-part' or 'message'"));
        }
    }
  }
}
const NOTHING = new Uint8Array(0);
const MAX_PASSWORD_BYTES = stryMutAct_9fa48("175") ? MAX_DATAGRAM_BYTES - HEADER_BYTES + 1 : (stryCov_9fa48("175"), (stryMutAct_9fa48("176") ? MAX_DATAGRAM_BYTES + HEADER_BYTES : (stryCov_9fa48("176"), MAX_DATAGRAM_BYTES - HEADER_BYTES)) - 1);
function sequence(packet: {
  readonly sequence: number;
}): number {
  if (stryMutAct_9fa48("177")) {
    {}
  } else {
    stryCov_9fa48("177");
    return byte(stryMutAct_9fa48("178") ? "" : (stryCov_9fa48("178"), 'sequence'), packet.sequence, 0, 255);
  }
}
function total(packet: ResponsePartPacket): number {
  if (stryMutAct_9fa48("179")) {
    {}
  } else {
    stryCov_9fa48("179");
    return byte(stryMutAct_9fa48("180") ? "" : (stryCov_9fa48("180"), 'total'), packet.total, 1, 255);
  }
}
function index(packet: ResponsePartPacket): number {
  if (stryMutAct_9fa48("181")) {
    {}
  } else {
    stryCov_9fa48("181");
    return byte(stryMutAct_9fa48("182") ? "" : (stryCov_9fa48("182"), 'index'), packet.index, 0, stryMutAct_9fa48("183") ? packet.total + 1 : (stryCov_9fa48("183"), packet.total - 1));
  }
}
function byte(name: string, value: number, min: number, max: number): number {
  if (stryMutAct_9fa48("184")) {
    {}
  } else {
    stryCov_9fa48("184");
    if (stryMutAct_9fa48("187") ? value >= min && value <= max || Number.isInteger(value) : stryMutAct_9fa48("186") ? false : stryMutAct_9fa48("185") ? true : (stryCov_9fa48("185", "186", "187"), (stryMutAct_9fa48("189") ? value >= min || value <= max : stryMutAct_9fa48("188") ? true : (stryCov_9fa48("188", "189"), (stryMutAct_9fa48("192") ? value < min : stryMutAct_9fa48("191") ? value > min : stryMutAct_9fa48("190") ? true : (stryCov_9fa48("190", "191", "192"), value >= min)) && (stryMutAct_9fa48("195") ? value > max : stryMutAct_9fa48("194") ? value < max : stryMutAct_9fa48("193") ? true : (stryCov_9fa48("193", "194", "195"), value <= max)))) && Number.isInteger(value))) return value;
    throw new InvalidArgumentError(name, value, stryMutAct_9fa48("196") ? `` : (stryCov_9fa48("196"), `a whole number from ${min} to ${max}`));
  }
}
function checkShape(packet: unknown): void {
  if (stryMutAct_9fa48("197")) {
    {}
  } else {
    stryCov_9fa48("197");
    if (stryMutAct_9fa48("200") ? typeof packet !== 'object' && packet === null : stryMutAct_9fa48("199") ? false : stryMutAct_9fa48("198") ? true : (stryCov_9fa48("198", "199", "200"), (stryMutAct_9fa48("202") ? typeof packet === 'object' : stryMutAct_9fa48("201") ? false : (stryCov_9fa48("201", "202"), typeof packet !== (stryMutAct_9fa48("203") ? "" : (stryCov_9fa48("203"), 'object')))) || (stryMutAct_9fa48("205") ? packet !== null : stryMutAct_9fa48("204") ? false : (stryCov_9fa48("204", "205"), packet === null)))) throw unshownArgument(stryMutAct_9fa48("206") ? "" : (stryCov_9fa48("206"), 'packet'), packet, stryMutAct_9fa48("207") ? "" : (stryCov_9fa48("207"), 'an object with a type'));
  }
}
function unknownType(packet: never, expected: string): InvalidArgumentError {
  if (stryMutAct_9fa48("208")) {
    {}
  } else {
    stryCov_9fa48("208");
    return unshownArgument(stryMutAct_9fa48("209") ? "" : (stryCov_9fa48("209"), 'type'), (packet as {
      readonly type?: unknown;
    }).type, expected);
  }
}

// The error does not show the value: it may be a password in place of its bytes.
function checkBytes(bytes: unknown): void {
  if (stryMutAct_9fa48("210")) {
    {}
  } else {
    stryCov_9fa48("210");
    // A Uint8Array of another realm, such as a frame or a `node:vm` context, is not an instance of this one.
    if (stryMutAct_9fa48("213") ? bytes instanceof Uint8Array && Object.prototype.toString.call(bytes) === '[object Uint8Array]' : stryMutAct_9fa48("212") ? false : stryMutAct_9fa48("211") ? true : (stryCov_9fa48("211", "212", "213"), bytes instanceof Uint8Array || (stryMutAct_9fa48("215") ? Object.prototype.toString.call(bytes) !== '[object Uint8Array]' : stryMutAct_9fa48("214") ? false : (stryCov_9fa48("214", "215"), Object.prototype.toString.call(bytes) === (stryMutAct_9fa48("216") ? "" : (stryCov_9fa48("216"), '[object Uint8Array]')))))) return;
    throw unshownArgument(stryMutAct_9fa48("217") ? "" : (stryCov_9fa48("217"), 'bytes'), bytes, stryMutAct_9fa48("218") ? "" : (stryCov_9fa48("218"), 'a Uint8Array'));
  }
}
function body(head: readonly number[], bytes: Uint8Array): Uint8Array {
  if (stryMutAct_9fa48("219")) {
    {}
  } else {
    stryCov_9fa48("219");
    checkBytes(bytes);
    const room = stryMutAct_9fa48("220") ? MAX_DATAGRAM_BYTES - HEADER_BYTES + head.length : (stryCov_9fa48("220"), (stryMutAct_9fa48("221") ? MAX_DATAGRAM_BYTES + HEADER_BYTES : (stryCov_9fa48("221"), MAX_DATAGRAM_BYTES - HEADER_BYTES)) - head.length);
    if (stryMutAct_9fa48("225") ? bytes.length <= room : stryMutAct_9fa48("224") ? bytes.length >= room : stryMutAct_9fa48("223") ? false : stryMutAct_9fa48("222") ? true : (stryCov_9fa48("222", "223", "224", "225"), bytes.length > room)) throw tooManyBytes(bytes, room);
    return frame(head, bytes);
  }
}