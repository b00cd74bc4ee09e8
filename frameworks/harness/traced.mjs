/** What every app with an agent is asked: answers, a question of its own to another server, errors. */
export async function traced({ ask }, app) {
  await ask(200, 'GET /hello/Ada?city=K%C3%B6ln')
  await ask(200, 'POST /echo', { json: { name: 'Köln' } })
  await ask(200, 'GET /ask')
  await ask(500, 'GET /fail')
  await ask(404, 'GET /missing')
  if (app !== 'listener') await ask(500, 'GET /throw')
}

export const everywhere = ['listener', 'koa', 'express']
