/** @param {string} id */
function form(id) {
  return document.querySelector(`form#${id}`)
}

/** Runs `action` when the form is sent and shows what it returns. */
function onSubmit(id, action) {
  const output = document.querySelector(`output[for=${id}]`)
  form(id).addEventListener('submit', async (event) => {
    event.preventDefault()
    await show(output, () => action(new FormData(event.target)))
  })
  return output
}

async function show(output, action) {
  delete output.dataset.failed
  output.textContent = '…'
  try {
    output.textContent = await action()
  } catch (error) {
    output.dataset.failed = ''
    output.textContent = error.message
  }
}

async function request(path, options) {
  const response = await fetch(path, options)
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  return response
}

function postJSON(path, fields) {
  const body = JSON.stringify(Object.fromEntries(fields))
  return request(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
}

onSubmit('parts', async () => {
  const first = await request('/api/parts')
  const etag = first.headers.get('etag')
  const parts = await first.json()
  // A condition of our own keeps the browser from answering out of its cache.
  const second = await fetch('/api/parts', { headers: { 'if-none-match': etag } })
  await second.text()
  const lines = parts.map(({ id, name, stock }) => `${id} ${name}: ${stock}`)
  return [...lines, `then ${second.status}`].join('\n')
})

onSubmit('new-part', async (fields) => {
  const response = await postJSON('/api/parts', fields)
  const stored = await (await request(response.headers.get('location'))).json()
  return `${response.status} ${stored.name}: ${stored.stock}`
})

const account = onSubmit('login', async (fields) => {
  await postJSON('/api/login', fields)
  const { name } = await (await request('/api/me')).json()
  return `Signed in as ${name}`
})

document.querySelector('#logout').addEventListener('click', () =>
  show(account, async () => {
    const response = await request('/api/logout', { method: 'POST' })
    return `${response.status} Signed out`
  }),
)

onSubmit('files', async (fields) => {
  const sent = new Uint8Array(await fields.get('file').arrayBuffer())
  const response = await request('/api/files', { method: 'POST', body: fields })
  const { name } = await response.json()
  const download = await request(response.headers.get('location'))
  const received = new Uint8Array(await download.arrayBuffer())
  const isEqual =
    sent.length === received.length && sent.every((byte, index) => byte === received[index])
  if (!isEqual) throw new Error(`${sent.length} bytes sent, ${received.length} others received`)
  return `${name}: ${received.length} bytes, equal`
})

onSubmit('report', async () => {
  const response = await request('/api/report.csv')
  const rows = (await response.text()).trimEnd().split('\r\n')
  return `${rows.length} lines, ${response.headers.get('content-encoding') ?? 'not compressed'}`
})

onSubmit('rates', async () => {
  const response = await request('/rates/today')
  const { EUR, USD } = await response.json()
  return `${EUR} EUR = ${USD} USD, by ${response.headers.get('x-served-by')}`
})

onSubmit('redirect', async () => {
  const response = await request('/catalogue')
  const parts = await response.json()
  return `${parts.length} parts at ${new URL(response.url).pathname}`
})
