import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../../test/temporary-folder.js'
import { holdFolder } from './held-folder.js'

it('keeps a folder for one gateway at a time, and makes it', async () => {
  const folder = join(temporaryFolder(), 'audit')
  const release = await holdFolder(folder)
  await expect(holdFolder(folder)).rejects.toMatchObject({
    code: 'invalid-argument',
    message: `audit.directory: ${folder} is that of another gateway, which runs; each needs one of its own`,
  })
  release()
  const again = await holdFolder(folder)
  again()
})

it('takes the folder of a gateway that was killed', async () => {
  const folder = temporaryFolder()
  const path = join(folder, '.gateway.sock')
  const dies = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`
  spawnSync(process.execPath, ['-e', dies])
  expect(existsSync(path)).toBe(true)
  const release = await holdFolder(folder)
  await expect(holdFolder(folder)).rejects.toThrow('is that of another gateway')
  release()
})

it('does without where no socket can be', async () => {
  const folder = join(temporaryFolder(), 'x'.repeat(120))
  const releases = [await holdFolder(folder), await holdFolder(folder)]
  for (const release of releases) release()
  const taken = temporaryFolder()
  mkdirSync(join(taken, '.gateway.sock'))
  const release = await holdFolder(taken)
  release()
})

it('names a path that cannot be a folder', async () => {
  const file = join(temporaryFolder(), 'file')
  writeFileSync(file, '')
  await expect(holdFolder(file)).rejects.toThrow(`audit.directory: ${file} cannot be a folder: EEXIST`)
})
