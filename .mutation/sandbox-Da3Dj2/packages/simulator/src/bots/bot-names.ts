// @ts-nocheck
import { type Choices, pick, type Random } from '../world/chance.js'

/** Names that no parser has trouble with. */
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

/** Names like those on real servers. BattlEye's lines quote nothing, so each breaks some parser. */
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

/** An unused name; a second player with the same name gets a number, like in the game. */
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
