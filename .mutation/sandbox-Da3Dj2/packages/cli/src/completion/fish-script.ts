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

/** One function that looks at the words before the cursor, and lists what can stand there with what it means. */
export function fishScript(commands: readonly CompletedCommand[]): string {
  const paths = commands.flatMap(({ path, below }) =>
    below.map(
      ({ text }) => `            case ${quoted(`0:${path}/${text}`)}
                set path ${quoted(`${path} ${text}`.trim())}
                continue`,
    ),
  )
  const texts = commands.filter(({ takesText }) => takesText).map(({ path }) => quoted(path))
  const valued = optionPositions(commands).map(({ key }) => quoted(key))
  const flags = commands
    .filter(({ options }) => options.length > 0)
    .map(({ path, options }) => `            case ${quoted(path)}\n${printed(flagWords(options))}`)
  return `function __bercon_complete
    set -l words (commandline -opc)
    set -e words[1]
    set -l current (commandline -ct)
    set -l path ''
    set -l option ''
    set -l options yes
    set -l place 0
    for word in $words
        if test -n "$option"
            set option ''
            continue
        end
        if test -n "$options"
            if test "$word" = --
                set options ''
                continue
            end
            if string match -q -- '-*' "$word"
                switch "$path:$word"
                    case ${valued.join(' ')}
                        set option "$word"
                end
                continue
            end
        end
        switch "$place:$path/$word"
${paths.join('\n')}
        end
        set place (math $place + 1)
        switch "$path"
            case ${texts.join(' ')}
                set options ''
        end
    end
    set -l prefix ''
    if test -n "$options"; and string match -q -- '--*=*' "$current"
        set option (string replace -r '=.*' '' -- "$current")
        set prefix "$option="
        set current (string replace -r '^[^=]*=' '' -- "$current")
    end
    __bercon_candidates "$path" "$option" "$options" $place "$current" | string replace -r -- '^' "$prefix"
end

function __bercon_candidates -a path option options place current
    if test -n "$option"
        switch "$path:$option"
${candidateCases(optionPositions(commands))}
        end
    else if test -n "$options"; and string match -q -- '-*' "$current"
        switch "$path"
${flags.join('\n')}
        end
    else
        switch "$path:$place"
${candidateCases(placePositions(commands))}
        end
    end
end

complete -c bercon -e
complete -c bercon -f -a '(__bercon_complete)'
`
}

function candidateCases(positions: readonly Position[]): string {
  const lines = byCandidates(positions).map(([candidates, keys]) => {
    const found =
      candidates.kind === 'files'
        ? '                __fish_complete_path "$current"'
        : printed(candidates.words)
    return `            case ${keys.map(quoted).join(' ')}\n${found}`
  })
  return lines.join('\n')
}

/** fish shows what stands behind a tab beside the word. */
function printed(words: readonly Word[]): string {
  const lines = words.map(({ text, about }) => quoted(about === '' ? text : `${text}\t${about}`))
  return `                printf '%s\\n' ${lines.join(' ')}`
}

function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`
}
