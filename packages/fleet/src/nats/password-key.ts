import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { InvalidArgumentError } from '@bercon/client'

const [KEY_BYTES, NONCE_BYTES, TAG_BYTES] = [32, 12, 16]
const OTHERS = 0o077

/** What a sealed password belongs to: with another host or port it cannot be opened, so that nobody can have it sent to theirs. */
export interface SealedFor {
  readonly name: string
  readonly host: string
  readonly port: number
}

/** The key with which the passwords of the list of servers are encrypted (AES-256-GCM); only workers and who adds servers have it. */
export class PasswordKey {
  readonly #key: Uint8Array

  /** @throws {@link InvalidArgumentError} for another number of bytes than 32. */
  constructor(key: Uint8Array) {
    if (key.length !== KEY_BYTES)
      throw new InvalidArgumentError('key', key.length, `a key of ${KEY_BYTES} bytes`)
    this.#key = key
  }

  /** A new key as the text of a key file. */
  static newText(): string {
    return `${randomBytes(KEY_BYTES).toString('hex')}\n`
  }

  /**
   * Reads a key file: 64 hexadecimal digits.
   *
   * @throws {@link InvalidArgumentError} for a file that others than its owner can read, or that holds something else.
   */
  static async read(path: string): Promise<PasswordKey> {
    const [{ mode }, text] = await Promise.all([stat(path), readFile(path, 'utf8')])
    if (process.platform !== 'win32' && (mode & OTHERS) !== 0)
      throw new InvalidArgumentError(
        'key-file',
        path,
        `a file that only its owner can read: chmod 600 ${path}`,
      )
    if (!/^[0-9a-f]{64}\s*$/i.test(text))
      throw new InvalidArgumentError('key-file', path, 'a file of 64 hexadecimal digits')
    return new PasswordKey(Buffer.from(text.trim(), 'hex'))
  }

  /** Encrypts a password for one server. Returns base64. */
  seal(password: string, server: SealedFor): string {
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(boundTo(server))
    const sealed = Buffer.concat([cipher.update(password, 'utf8'), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64')
  }

  /** @throws {@link InvalidArgumentError} if it was sealed with another key, or for another server. */
  open(sealed: string, server: SealedFor): string {
    const bytes = Buffer.from(sealed, 'base64')
    const nonce = bytes.subarray(0, NONCE_BYTES)
    const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)
    try {
      const cipher = createDecipheriv('aes-256-gcm', this.#key, nonce, { authTagLength: TAG_BYTES })
      cipher.setAAD(boundTo(server)).setAuthTag(tag)
      return cipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + cipher.final('utf8')
    } catch {
      throw new InvalidArgumentError(
        'password',
        server.name,
        'one that was encrypted for this server with this key',
      )
    }
  }
}

function boundTo({ name, host, port }: SealedFor): Buffer {
  return Buffer.from(JSON.stringify([name, host, port]))
}
