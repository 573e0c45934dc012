import { mount } from 'svelte'
import App from './app.svelte'
import { keepSessionTrue, resumeSession, session$ } from './gateway/session.js'
import { leaveServers } from './live/live-server.js'
import './style/tokens.css'
import './style/base.css'

const target = document.getElementById('app')
if (target === null) throw new Error('The page has no element with the id "app".')

session$.subscribe(({ state }) => {
  if (state !== 'signed-in') leaveServers()
})
mount(App, { target })
void resumeSession()
keepSessionTrue()
