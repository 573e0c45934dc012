// @ts-nocheck
import {
  byCandidates,
  type CompletedCommand,
  flagWords,
  optionPositions,
  type Position,
  placePositions,
  type Word,
} from './completed-command.js'

/**
 * A script that needs neither bash-completion nor anything newer than the bash 3.2 of macOS, and runs nothing of what was
 * typed. By itself bash completes files, also where none can stand; so it is not asked to.
 */
export function bashScript(commands: readonly CompletedCommand[]): string {
  return `${functionText(commands)}complete -F _bercon bercon\n`
}

/**
 * zsh runs the same script, in which no variable has a name that means something there, such as \`path\`; what marks files is
 * an option of all completions.
 */
export function zshScript(commands: readonly CompletedCommand[]): string {
  return `#compdef bercon
autoload -Uz bashcompinit && bashcompinit
${functionText(commands)}complete -o filenames -F _bercon bercon
`
}

function functionText(commands: readonly CompletedCommand[]): string {
  const paths = commands.flatMap(({ path, below }) =>
    below.map(
      ({ text }) =>
        `      ${quoted(`0:${path}/${text}`)}) at=${quoted(`${path} ${text}`.trim())}; continue ;;`,
    ),
  )
  const texts = commands.filter(({ takesText }) => takesText).map(({ path }) => quoted(path))
  const flags = commands
    .filter(({ options }) => options.length > 0)
    .map(({ path, options }) => `      ${quoted(path)}) found=${quoted(textsOf(flagWords(options)))} ;;`)
  return `_bercon() {
  local current="\${COMP_WORDS[COMP_CWORD]}" at='' option='' place=0 open=yes
  local index=1 word found='' files='' prefix=''
  while [ "$index" -lt "$COMP_CWORD" ]; do
    word="\${COMP_WORDS[index]}"
    index=$((index + 1))
    # bash makes three words of --format=json.
    if [ "$word" = '=' ]; then continue; fi
    if [ -n "$option" ]; then option=''; continue; fi
    if [ -n "$open" ]; then
      case "$word" in
        --) open=''; continue ;;
        --*=*) continue ;;
        -*)
          case "$at:$word" in
            ${optionPositions(commands)
              .map(({ key }) => quoted(key))
              .join('|')}) option="$word" ;;
          esac
          continue ;;
      esac
    fi
    case "$place:$at/$word" in
${paths.join('\n')}
    esac
    place=$((place + 1))
    case "$at" in
      ${texts.join('|')}) open='' ;;
    esac
  done
  case "$open$current" in
    yes--*=*) option="\${current%%=*}"; prefix="$option="; current="\${current#*=}" ;;
  esac
  if [ -n "$option" ]; then
    if [ "$current" = '=' ]; then current=''; fi
    case "$at:$option" in
${candidateCases(optionPositions(commands))}
    esac
  elif [ -n "$open" ] && [ "\${current#-}" != "$current" ]; then
    case "$at" in
${flags.join('\n')}
    esac
  else
    case "$at:$place" in
${candidateCases(placePositions(commands))}
    esac
  fi
  COMPREPLY=()
  if [ -n "$files" ]; then
    compopt -o filenames 2>/dev/null
    found="$(compgen -f -- "$current")"
  else
    found="$(compgen -W "$found" -- "$current")"
  fi
  while IFS= read -r word; do
    if [ -n "$word" ]; then COMPREPLY+=("$prefix$word"); fi
  done <<< "$found"
}
`
}

function candidateCases(positions: readonly Position[]): string {
  const lines = byCandidates(positions).map(([candidates, keys]) => {
    const found = candidates.kind === 'files' ? 'files=yes' : `found=${quoted(textsOf(candidates.words))}`
    return `      ${keys.map(quoted).join('|')}) ${found} ;;`
  })
  return lines.join('\n')
}

const textsOf = (words: readonly Word[]) => words.map(({ text }) => text).join(' ')

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
