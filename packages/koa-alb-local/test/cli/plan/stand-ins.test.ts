import { once } from 'node:events'
import { request } from 'node:https'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import type { CommandLine } from '../../shared/command-line.ts'
import { permission, resources, startTemplate } from '../../shared/template.ts'

const template = `${resources}${permission}
  Web:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Port: 443
      Protocol: HTTPS
      Certificates: [{ CertificateArn: 'arn:aws:acm:cert' }]
      DefaultActions:
        - Type: authenticate-oidc
          Order: 1
          AuthenticateOidcConfig:
            Issuer: https://idp.example
            AuthorizationEndpoint: https://idp.example/authorize
            ClientId: app
        - { Type: forward, Order: 2, TargetGroupArn: !Ref Api }
`

const lambda = `export const handler = async ({ headers }) => ({
  statusCode: 200, headers: {}, body: headers['x-amzn-oidc-identity'],
})
`

function serve(options: readonly string[], config: object = {}): Promise<CommandLine> {
  const files = { 'api/lambda.mjs': lambda, 'local.json': JSON.stringify(config) }
  return startTemplate(template, files, options)
}

it('signs in the user that --config has for the provider of the template', async () => {
  const users = { 'https://idp.example': { claims: { sub: 'ada' } } }
  const commandLine = await serve(['--config', 'local.json'], { users })
  const outgoing = request(await commandLine.url(), { rejectUnauthorized: false, agent: false })
  const [response] = await once(outgoing.end(), 'response')
  expect(await text(response)).toBe('ada')
})

it('signs nobody in without one, and says what is missing', async () => {
  const commandLine = await serve([])
  const outgoing = request(await commandLine.url(), { rejectUnauthorized: false, agent: false })
  const [response] = await once(outgoing.end(), 'response')
  expect(response.headers.location).toContain('https://idp.example/authorize?client_id=app')
  expect(await commandLine.line(/^Nobody/)).toBe(
    'Nobody is signed in at https://idp.example: give a user in users, in a file for --config',
  )
})

it("refuses what is the template's", async () => {
  const commandLine = await serve(['--config', 'local.json'], { targetGroups: {} })
  expect(await commandLine.ended).toBe(1)
  expect(commandLine.output()).toContain(
    "local.json: targetGroups is the template's; beside one, the file has certificates, code, env, ",
  )
})
