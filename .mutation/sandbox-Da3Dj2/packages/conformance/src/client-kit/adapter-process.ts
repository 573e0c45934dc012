// @ts-nocheck
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { readReport, type StartClient } from './adapter.js'

/** Starts an adapter's command anew for each case; its standard error goes to the kit's. */
export function adapterProcess(command: string, args: readonly string[]): StartClient {
  return (onReport) => {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
    let isEnding = false
    // An adapter that ends early closes the pipe while orders are on their way.
    child.stdin.on('error', () => {})
    child.on('error', (error) =>
      onReport({ report: 'broken', reason: `cannot be started: ${error.message}` }),
    )
    child.on('exit', (code, signal) => {
      if (!isEnding) onReport({ report: 'broken', reason: `ended by itself (${signal ?? `code ${code}`})` })
    })
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.trim() !== '') onReport(readReport(line))
    })
    return {
      send: (order) => void child.stdin.write(`${JSON.stringify(order)}\n`),
      end: () => {
        isEnding = true
        child.kill('SIGKILL')
      },
    }
  }
}
