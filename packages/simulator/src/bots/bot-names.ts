import { type Choices, pick, type Random } from '../world/chance.js'

/** Names that give no parser any trouble. */
export const ORDINARY_NAMES: Choices<string> = [
  'Abernath',
  'Bramble',
  'Corvin7',
  'DeltaFox',
  'Eskil',
  'Fennimore',
  'Gorse',
  'Hollis_K',
  'Ivanovna',
  'JunoBlack',
  'Kestrel',
  'Lindqvist',
  'Marrow',
  'Nightjar',
  'Oskari',
  'Pepperjack',
  'Quillon',
  'Rook91',
  'Sablewing',
  'Tamsin',
  'Ulfberht',
  'Vesper',
  'Wrenfield',
  'Xanthe',
  'Yarrow',
  'Zoltan',
]

/** Names of the kinds seen on real servers: nothing in BattlEye's lines is quoted, so each breaks some parser. */
export const HOSTILE_NAMES: Choices<string> = [
  '',
  'Ranger ',
  ' Leading',
  'Two  Spaces',
  '(F)oxglove',
  'MadMarten(D)',
  '[Sgt.] Ilse Brandt',
  'Idle (Lobby)',
  'Alice: hi',
  'Quit disconnected',
  'Late (192.0.2.9:2304) connected',
  'Trick - BE GUID: 00000000000000000000000000000000',
  'Dash - #3 "x"',
  '#3 Foo',
  '7   192.0.2.9:2304        5    -',
  '(Side) Evil',
  '(-) (-)',
  'X (a861bcfd187960c163d59666e2fd6798) has been kicked by BattlEye: Y',
  '(1 players in total)',
  'RCon admin #0: (Global) hello',
  'О"Курок',
  "O'Brien's",
  '~HALOWICK~',
  'étoilé àÄ',
  '战地观察员!!',
  'サバイバー',
  '👾 gamer 🧑‍🚀',
  'נוֹעַ',
  '\u202eevil',
  'a\u2028b',
  'constructor',
]

/** A name that nobody in the game has; the second of a name is numbered, as the game does. */
export function inventName(
  random: Random,
  hostileNames: boolean,
  isTaken: (name: string) => boolean,
): string {
  const name = pick(random, hostileNames && random() < 0.4 ? HOSTILE_NAMES : ORDINARY_NAMES)
  let free = name
  for (let number = 2; isTaken(free); number += 1) free = `${name} (${number})`
  return free
}
