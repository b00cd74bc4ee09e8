import { setTimeout as delay } from 'node:timers/promises'

/** Status and body for a URL; one of them asks another server, as an agent must notice. */
export async function answerTo(url, text) {
  const { pathname, searchParams } = new URL(url, 'http://app.example')
  if (pathname.startsWith('/hello/'))
    return [200, { name: pathname.slice(7), city: searchParams.get('city') }]
  if (pathname === '/echo') return [200, JSON.parse(text)]
  if (pathname === '/fail') return [500, { error: 'on purpose' }]
  if (pathname === '/ask') return [200, await askUpstream()]
  return [404, { error: 'missing' }]
}

async function askUpstream() {
  await delay(1)
  const response = await fetch(new URL('/upstream', process.env.UPSTREAM))
  return response.json()
}
