import { between, type Choices, pick, type Random } from './chance.js'

/** Addresses of nobody (RFC 5737), so that no log of a simulation points at anyone. */
const NETWORKS: Choices<string> = ['192.0.2', '198.51.100', '203.0.113']

/** The port of most Arma clients, where no router changes it. */
const GAME_PORT = 2304

export function inventAddress(random: Random): string {
  return `${pick(random, NETWORKS)}.${between(random, 1, 254)}`
}

export function inventPort(random: Random): number {
  return random() < 0.6 ? GAME_PORT : between(random, 1024, 65_535)
}
