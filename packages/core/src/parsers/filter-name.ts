const FILTER_NAME = /^[A-Za-z]+(?: [A-Za-z]+){0,2}$/
const MAX_LENGTH = 48

/** Whether the text can be the name of a BattlEye filter: a few words, as in `SetVariable Value`. */
export function isFilterName(text: string): boolean {
  return text.length <= MAX_LENGTH && FILTER_NAME.test(text)
}
