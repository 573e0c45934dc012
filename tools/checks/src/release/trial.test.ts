import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { programsOf } from './programs.js'
import { tryProgram } from './trial.js'

const folder = mkdtempSync(join(tmpdir(), 'trial-'))

afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** The fault of a snippet, run as its first program. */
async function wrongWith(code: string, language: 'js' | 'sh' = 'js'): Promise<string | undefined> {
  const [program] = programsOf({ path: 'README.md', line: 1, language, code, notRun: undefined })
  if (program === undefined) throw new Error('no program')
  writeFileSync(join(folder, program.source), program.code)
  return tryProgram(program, folder)
}

it('finds no fault in a program that ends well and prints what it promises', async () => {
  expect(await wrongWith('console.log(1 + 1) // 2\n')).toBeUndefined()
  expect(await wrongWith('echo 3', 'sh')).toBeUndefined()
})

it('finds a program that fails, or prints something else', async () => {
  expect(await wrongWith('process.exitCode = 3')).toMatch(/^ended with 3\n/)
  expect(await wrongWith('console.log(1 + 1) // 3')).toBe('did not print: 3\n2\n')
  expect(await wrongWith('false\necho went on', 'sh')).toBe('ended with 1\n')
})

it('a program finds a server at another port than the one it names', async () => {
  const code = `import { createSocket } from 'node:dgram'
const socket = createSocket('udp4')
socket.once('message', () => {
  console.log('answered') // answered
  socket.close()
})
socket.send(Buffer.from('4245cd3b6d15ff0068756e74657232', 'hex'), 2306, '127.0.0.1')`
  expect(await wrongWith(code)).toBeUndefined()
})

it('a program that starts a server of its own finds its port free', async () => {
  const code = `import { createSocket } from 'node:dgram'
const socket = createSocket('udp4')
socket.bind(2306, '127.0.0.1', () => { // instead of: bercon simulate --port 2306
  console.log('bound') // bound
  socket.close()
})`
  expect(await wrongWith(code)).toBeUndefined()
})
