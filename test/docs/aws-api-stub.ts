import { createServer, type IncomingMessage, type Server } from 'node:http'
import { json, text } from 'node:stream/consumers'

/** One request of the AWS CLI. */
export interface ApiCall {
  service: string
  action: string
  parameters: object
}

/** What the answers to come are made of; the rest of each is left out, which the client accepts. */
const roleArn = 'arn:aws:iam::111122223333:role/parts-desk'
const functionArn = 'arn:aws:lambda:eu-central-1:111122223333:function:parts-desk'
const targetGroupArn =
  'arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/parts-desk/73e2d6bc24d8a067'
const loadBalancerArn =
  'arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/parts/50dc6c495c0c9188'

const xml: Record<string, string> = {
  CreateRole: `<Role><Arn>${roleArn}</Arn></Role>`,
  CreateTargetGroup: `<TargetGroups><member><TargetGroupArn>${targetGroupArn}</TargetGroupArn></member></TargetGroups>`,
  DescribeListeners: `<Listeners><member><LoadBalancerArn>${loadBalancerArn}</LoadBalancerArn></member></Listeners>`,
}

const lambdaActions: [action: string, method: string, path: RegExp, answer: object][] = [
  ['CreateFunction', 'POST', /\/functions$/, { FunctionArn: functionArn }],
  [
    'GetFunction',
    'GET',
    /\/functions\/[^/]+$/,
    { Configuration: { State: 'Active', LastUpdateStatus: 'Successful' } },
  ],
  ['UpdateFunctionCode', 'PUT', /\/code$/, { FunctionArn: functionArn }],
  ['PublishVersion', 'POST', /\/versions$/, { Version: '7' }],
  ['CreateAlias', 'POST', /\/aliases$/, { AliasArn: `${functionArn}:live` }],
  ['UpdateAlias', 'PUT', /\/aliases\/live$/, { AliasArn: `${functionArn}:live` }],
  ['AddPermission', 'POST', /\/policy$/, { Statement: '{}' }],
]

/** Enough of IAM, Lambda and Elastic Load Balancing for the AWS CLI to go on; `calls` is what it sent. */
export function createApiStub(): { server: Server; calls: ApiCall[] } {
  const calls: ApiCall[] = []
  const server = createServer(async (request, response) => {
    const service = serviceOf(request)
    const { call, answer } =
      service === 'lambda' ? await lambdaCall(request) : await queryCall(service, request)
    calls.push(call)
    response.end(answer)
  })
  return { server, calls }
}

/** The service that the request was signed for. */
function serviceOf({ headers }: IncomingMessage): string {
  return headers.authorization?.split('/')[3] ?? ''
}

async function lambdaCall(request: IncomingMessage) {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://lambda')
  const found = lambdaActions.find(
    ([, method, path]) => method === request.method && path.test(pathname),
  )
  const [action = '', , , answer = {}] = found ?? []
  const body = request.method === 'GET' ? {} : await json(request)
  const parameters = { ...Object.fromEntries(searchParams), ...(body as object) }
  return { call: { service: 'lambda', action, parameters }, answer: JSON.stringify(answer) }
}

async function queryCall(service: string, request: IncomingMessage) {
  const {
    Action: action = '',
    Version: _,
    ...parameters
  } = Object.fromEntries(new URLSearchParams(await text(request)))
  const result = `<${action}Result>${xml[action] ?? ''}</${action}Result>`
  return {
    call: { service, action, parameters },
    answer: `<${action}Response>${result}</${action}Response>`,
  }
}
