// `pnpm size`: what each package, and a few names of them, add to a bundle, minified and gzipped. A name must not bring the
// rest of its package: that shows in its limit, which is what was reached when it was written down, and some 5 % more.

/** As for a browser; Node's modules and peer dependencies stay outside. */
function neutral(config) {
  return { ...config, format: 'esm', platform: 'neutral', mainFields: ['module', 'main'], target: 'es2023' }
}

function check(name, folder, names, limit) {
  return {
    name,
    path: `../../packages/${folder}/dist/index.js`,
    import: names,
    limit,
    gzip: true,
    ignore: ['node:*', 'rxjs', 'prom-client'],
    modifyEsbuildConfig: neutral,
  }
}

const CODEC = '{ encodeClientPacket, encodeServerPacket, decodeClientPacket, decodeServerPacket, crc32 }'

export default [
  check('the codec with its checksum (goal 2.6 kB)', 'protocol', CODEC, '2.6 kB'),
  check('a client session', 'protocol', '{ ClientSession }', '10 kB'),
  check('a server session', 'protocol', '{ ServerSession }', '6.1 kB'),
  check('all of protocol, both sides (goal 8.5 kB)', 'protocol', '*', '14.8 kB'),
  check('the commands of core', 'core', '{ commands }', '5.9 kB'),
  check('one parser of core', 'core', '{ parsePlayers }', '3.1 kB'),
  check('all of core', 'core', '*', '18.8 kB'),
  check('the client (goal 30 kB)', 'client', '{ AsyncRconClient }', '33 kB'),
  check('all of client', 'client', '*', '36 kB'),
  check('one operator of rx', 'rx', '{ ofEvent }', '365 B'),
  check('all of rx, without rxjs', 'rx', '*', '36 kB'),
  check('all of sync', 'sync', '*', '31.4 kB'),
  check('the GUIDs of arma', 'arma', '{ beGuid }', '2.7 kB'),
  check('all of arma', 'arma', '*', '9.1 kB'),
  check('all of reforger', 'reforger', '*', '28.4 kB'),
  check('the remote connection', 'remote', '{ RemoteConnection, webSocketChannel }', '20 kB'),
  check('all of remote', 'remote', '*', '27.7 kB'),
  check('all of metrics, without prom-client', 'metrics', '*', '3.2 kB'),
  check('all of fleet', 'fleet', '*', '48.5 kB'),
  check('all of server', 'server', '*', '13.7 kB'),
  check('all of simulator, with server', 'simulator', '*', '24.5 kB'),
  check('all of conformance', 'conformance', '*', '19.8 kB'),
]
