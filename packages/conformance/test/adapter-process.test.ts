import { existsSync, readFileSync } from 'node:fs'
import { expect, it, onTestFinished } from 'vitest'
import type { ClientReport } from '../src/client-kit/adapter.js'
import { adapterProcess } from '../src/client-kit/adapter-process.js'

// It starts programs.
const ANY_MACHINE = { timeout: 120_000 }

/** The first report that this program of Node makes, once it has an order. */
async function firstReport(program: string): Promise<ClientReport> {
  return new Promise((resolve) => {
    const client = adapterProcess(process.execPath, ['-e', program])(resolve)
    onTestFinished(() => client.end())
    client.send({ do: 'close' })
  })
}

it.each([
  ['prints what is no report', "console.log('hello')", 'printed no report: hello'],
  [
    'prints a line without an end',
    "setInterval(() => process.stdout.write('x'.repeat(1e6)), 1)",
    'printed a line of more than 4194304 characters',
  ],
  ['ends at once', 'process.exitCode = 3', 'ended by itself (code 3)'],
  ['ends within a line', `process.stdout.write('{"report":"logg')`, 'printed no report: {"report":"logg'],
])('an adapter that %s is broken', ANY_MACHINE, async (_, program, reason) => {
  expect(await firstReport(program)).toEqual({ report: 'broken', reason })
})

it('an adapter that ends without a line end has made its report', ANY_MACHINE, async () => {
  expect(await firstReport(`process.stdout.write('{"report":"closed"}')`)).toEqual({ report: 'closed' })
})

it('an adapter that prints without end is broken', ANY_MACHINE, async () => {
  const line = '{"report":"closed"}\\n'
  const program = `const more = () => process.stdout.write('${line}'.repeat(1000), more); more()`
  const reason = await new Promise<string>((resolve) => {
    const client = adapterProcess(process.execPath, ['-e', program])((report) => {
      if (report.report === 'broken') resolve(report.reason)
    })
    onTestFinished(() => client.end())
  })
  expect(reason).toBe('printed more than 100000 reports')
})

it.runIf(process.platform !== 'win32')(
  'what an adapter has started ends with it, though it ignores signals',
  ANY_MACHINE,
  async () => {
    const script = `trap '' TERM; (trap '' TERM; echo "{\\"report\\":\\"message\\",\\"text\\":\\"$BASHPID\\"}"; while :; do sleep 1; done)`
    let end = () => {}
    const report = await new Promise<ClientReport>((resolve) => {
      const client = adapterProcess('bash', ['-c', script])(resolve)
      end = client.end
      onTestFinished(client.end)
    })
    const pid = report.report === 'message' ? Number(report.text) : Number.NaN
    expect(isRunning(pid)).toBe(true)
    end()
    while (isRunning(pid)) await new Promise((next) => setImmediate(next))
  },
)

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // In a container nobody may wait for it, so it can stay as what is left of a process.
    return !existsSync('/proc/self/stat') || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))
  } catch {
    return false
  }
}
