/** Number of sequences: they are one byte (P5, P8). */
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
export const SEQUENCES = 256;
const HALF = stryMutAct_9fa48("257") ? SEQUENCES * 2 : (stryCov_9fa48("257"), SEQUENCES / 2);

/**
 * Distance from `number`'s sequence to `sequence`, from -128 to 127, by serial-number arithmetic (RFC 1982). For two
 * that are 128 apart the order is undefined; the result is -128.
 */
export function serialDistance(sequence: number, number: number): number {
  if (stryMutAct_9fa48("258")) {
    {}
  } else {
    stryCov_9fa48("258");
    return stryMutAct_9fa48("259") ? ((sequence - number) % SEQUENCES + SEQUENCES + HALF) % SEQUENCES + HALF : (stryCov_9fa48("259"), (stryMutAct_9fa48("260") ? ((sequence - number) % SEQUENCES + SEQUENCES + HALF) * SEQUENCES : (stryCov_9fa48("260"), (stryMutAct_9fa48("261") ? (sequence - number) % SEQUENCES + SEQUENCES - HALF : (stryCov_9fa48("261"), (stryMutAct_9fa48("262") ? (sequence - number) % SEQUENCES - SEQUENCES : (stryCov_9fa48("262"), (stryMutAct_9fa48("263") ? (sequence - number) * SEQUENCES : (stryCov_9fa48("263"), (stryMutAct_9fa48("264") ? sequence + number : (stryCov_9fa48("264"), sequence - number)) % SEQUENCES)) + SEQUENCES)) + HALF)) % SEQUENCES)) - HALF);
  }
}