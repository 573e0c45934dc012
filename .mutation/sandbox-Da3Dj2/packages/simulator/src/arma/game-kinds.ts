// @ts-nocheck
import type { Choices } from '../world/chance.js'

/** The games that a world can simulate. */
export type Game = 'arma3' | 'dayz'

/** A filter's log line: the filter, the line of its file, and the script text, cut like in BattlEye. */
export interface FilterHit {
  readonly filter: string
  readonly index: number
  readonly text: string
}

/** The differences between the games as seen over RCON. */
export interface GameKind {
  readonly channels: Choices<string>
  readonly missions: readonly string[]
  /** Empty if the game has no script filters. */
  readonly filterHits: readonly FilterHit[]
  /** Whether `disconnected` follows the line of a kick: on DayZ, never on Arma 3 (2,262 kicks in servers' logs). */
  readonly disconnectsKicked: boolean
  /** Reasons for occasional kicks by BattlEye itself. */
  readonly kickReasons: Choices<string>
}

const COMMON_KICKS = [
  'Client not responding',
  'Query Timeout',
  'Game restart required',
  'Bad Service Version',
  'Global Ban #9f52bd',
] as const

export const GAME_KINDS: { readonly [K in Game]: GameKind } = {
  arma3: {
    channels: ['Global', 'Side', 'Side', 'Group', 'Vehicle', 'Direct', 'Command', 'Unknown'],
    missions: [
      'Coop_10_Dawn_Patrol.Altis.pbo',
      'Coop_24_Harbour_1.2 (final).Malden.pbo',
      'KotH_by_nobody_v3.Stratis.pbo',
      'Survive_the_Night.Tanoa.pbo',
    ],
    filterHits: [
      { filter: 'Script', index: 2, text: '"bp_id") == -9999) then {player setVariable ["x_' },
      {
        filter: 'SetVariable Value',
        index: 0,
        text: '"last_source" = O Bravo 1-1:1 2:1612 Some_Unit_Player',
      },
      {
        filter: 'RemoteExec',
        index: 52,
        text: '" _bullet setPos _head;\n};\n};\n}];\nabc = addMissionEventHandler ["Draw3D", {\n_target =',
      },
      {
        filter: 'CreateVehicle',
        index: 14,
        text: '"B_Heli_Light_01_F" 102:9 B_Heli_Light_01_F - #3 [4021,7755,2]',
      },
      { filter: 'PublicVariable', index: 7, text: '"remExField" = <NULL-object>' },
    ],
    disconnectsKicked: false,
    kickReasons: [...COMMON_KICKS, 'Script Restriction #5', 'RemoteExec Restriction #52'],
  },
  dayz: {
    // No capture of DayZ shows another channel.
    channels: ['Global'],
    missions: [],
    filterHits: [],
    disconnectsKicked: true,
    kickReasons: [...COMMON_KICKS],
  },
}
