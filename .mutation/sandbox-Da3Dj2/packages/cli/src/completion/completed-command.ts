// @ts-nocheck
import type { Argument, Command, Option } from 'commander'
import { isTextCommand } from '../program/text-arguments.js'
import { WATCHED_EVENTS } from '../watch/event-names.js'

/** What can be completed at a position: words, any file, or unknown text. */
export type Candidates =
  | { readonly kind: 'words'; readonly words: readonly Word[] }
  | { readonly kind: 'files' }
  | { readonly kind: 'nothing' }

/** A word, and its meaning if it is known. */
export interface Word {
  readonly text: string
  readonly about: string
}

export interface CompletedOption {
  /** `--format`, `-f`. */
  readonly flags: readonly string[]
  readonly about: string
  /** Missing for an option without a value. */
  readonly value: Candidates | undefined
}

/** One command, as far as completion has to know it. */
export interface CompletedCommand {
  /** `bans apply`; empty for `bercon` itself. */
  readonly path: string
  readonly below: readonly Word[]
  readonly options: readonly CompletedOption[]
  /** By position; later positions have no completions. */
  readonly places: readonly Candidates[]
  /** Whether everything from the first argument on is text. */
  readonly takesText: boolean
}

const NOTHING: Candidates = { kind: 'nothing' }

/** Every command of the program, from `bercon` itself to those that are two words. */
export function completedCommands(program: Command): readonly CompletedCommand[] {
  const all = commandsBelow(program, '')
  return [...all, ...all.filter(({ path }) => path !== 'help').map(asTopic)]
}

function commandsBelow(command: Command, path: string): readonly CompletedCommand[] {
  const own: CompletedCommand = {
    path,
    below: command.commands.map((each) => ({ text: each.name(), about: each.description() })),
    options: optionsOf(command).map(completedOption),
    places: command.registeredArguments.map(candidatesOf),
    takesText: isTextCommand(command),
  }
  const below = command.commands.flatMap((each) => commandsBelow(each, `${path} ${each.name()}`.trim()))
  return [own, ...below]
}

/** Only names of commands follow `help`. */
function asTopic({ path, below }: CompletedCommand): CompletedCommand {
  const topics = below.filter(({ text }) => text !== 'help')
  return { path: `help ${path}`.trim(), below: topics, options: [], places: [], takesText: false }
}

/** Those of the command and of the ones above it; `bercon` itself wants its own before the command. */
function optionsOf(command: Command): readonly Option[] {
  const { parent } = command
  const inherited = parent === null || parent.parent === null ? [] : optionsOf(parent)
  const own = command.createHelp().visibleOptions(command)
  return [...own, ...inherited.filter(({ long }) => own.every((each) => each.long !== long))]
}

function completedOption(option: Option): CompletedOption {
  const flags = [option.long, option.short].filter((flag) => typeof flag === 'string')
  const about = option.description
  return { flags, about, value: option.required || option.optional ? valueCandidates(option) : undefined }
}

const FILES: readonly string[] = ['file', 'path']

function valueCandidates({ argChoices, flags }: Option): Candidates {
  const name = /[<[]([^\]>]+)[\]>]/.exec(flags)?.[1] ?? ''
  return candidates(argChoices, name)
}

function candidatesOf(argument: Argument): Candidates {
  return candidates(argument.argChoices, argument.name())
}

function candidates(choices: readonly string[] | undefined, name: string): Candidates {
  const known = choices ?? (name === 'events' ? WATCHED_EVENTS : undefined)
  if (known !== undefined) return { kind: 'words', words: known.map((text) => ({ text, about: '' })) }
  return FILES.includes(name) ? { kind: 'files' } : NOTHING
}

/** Where something can stand: behind an option of a command, or at a place of its arguments. */
export interface Position {
  /** `players:--format`, or `bans apply:0`. */
  readonly key: string
  readonly candidates: Candidates
}

export function optionPositions(commands: readonly CompletedCommand[]): readonly Position[] {
  return commands.flatMap(({ path, options }) =>
    options.flatMap(({ flags, value }) =>
      value === undefined ? [] : flags.map((flag) => ({ key: `${path}:${flag}`, candidates: value })),
    ),
  )
}

/** Commands below come first; where a command takes no argument, its options are all that there is. */
export function placePositions(commands: readonly CompletedCommand[]): readonly Position[] {
  return commands.flatMap(({ path, below, places, options }) => {
    if (below.length > 0) return [{ key: `${path}:0`, candidates: { kind: 'words', words: below } }]
    if (places.length === 0 && options.length > 0)
      return [{ key: `${path}:0`, candidates: { kind: 'words', words: flagWords(options) } }]
    return places.map((each, place) => ({ key: `${path}:${place}`, candidates: each }))
  })
}

/** The long flags, or the short ones where there is no long one. */
export function flagWords(options: readonly CompletedOption[]): readonly Word[] {
  return options.map(({ flags: [text = ''], about }) => ({ text, about }))
}

/** Positions by what can stand there, so that a script has each list once. */
export function byCandidates(
  positions: readonly Position[],
): readonly (readonly [Exclude<Candidates, { readonly kind: 'nothing' }>, keys: readonly string[]])[] {
  const groups = new Map<string, [Exclude<Candidates, { readonly kind: 'nothing' }>, string[]]>()
  for (const { key, candidates } of positions) {
    if (candidates.kind === 'nothing') continue
    const identity = JSON.stringify(candidates)
    const group = groups.get(identity) ?? [candidates, []]
    group[1].push(key)
    groups.set(identity, group)
  }
  return [...groups.values()]
}
