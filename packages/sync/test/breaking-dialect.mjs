import { battleye } from '@bercon/core/kit'
/** BattlEye's, but three commands break the thread in which it runs. */
export const dialect = {
  ...battleye,
  name: 'breaking',
  module: import.meta.url,
  createSession: (options) => {
    const session = battleye.createSession(options)
    const send = session.sendCommand.bind(session)
    session.sendCommand = (bytes, ...others) => {
      BREAKING[new TextDecoder().decode(bytes)]?.()
      return send(bytes, ...others)
    }
    return session
  },
}

const BREAKING = {
  crash: () => setImmediate(() => fail()),
  exit: () => setImmediate(() => process.exit()),
  'crash later': () => setTimeout(fail, 20),
  hang: () => {
    for (;;);
  },
}

function fail() {
  throw new TypeError('a defect')
}
