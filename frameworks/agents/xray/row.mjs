import { sorted, without } from '../../harness/spans.mjs'

export default {
  name: 'AWS X-Ray for Express',
  covers: 'segments and subsegments with their http facts, as the daemon receives them',
  packages: ['aws-xray-sdk-express', 'aws-xray-sdk-core', 'express'],
  env: ({ port }) => ({ AWS_XRAY_DAEMON_ADDRESS: `127.0.0.1:${port}` }),
  async visit({ ask }) {
    await ask(200, 'GET /hello/Ada')
    await ask(200, 'POST /echo', { json: { name: 'Köln' } })
    await ask(200, 'GET /nested')
    await ask(500, 'GET /fail')
    await ask(404, 'GET /missing')
  },
  records: ({ datagrams }) =>
    sorted(datagrams.map((text) => shown(JSON.parse(text.slice(text.indexOf('\n') + 1))))),
}

function shown(segment) {
  const kept = without(segment, /^(id|start_time|end_time|trace_id|parent_id|service|aws|cause)$/)
  return { ...kept, subsegments: segment.subsegments?.map(shown), error: segment.cause?.message }
}
