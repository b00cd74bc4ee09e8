import { expect, it } from 'vitest'
import { permission, resources, startTemplate } from '../shared/template.ts'

const template = `${resources}
  Web:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Port: 80
      Protocol: HTTP
      DefaultActions:
        - Type: redirect
          RedirectConfig: { Protocol: HTTPS, Port: '443', StatusCode: HTTP_301 }
  Secure:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Port: 443
      Protocol: HTTPS
      Certificates: [{ CertificateArn: arn:aws:acm:us-east-1:123456789012:certificate/1 }]
      MutualAuthentication: { Mode: passthrough }
      DefaultActions: [{ Type: forward, TargetGroupArn: !Ref Api }]
${permission}`

const lambda = `export const handler = async (event) => event.path === '/own'
  ? { statusCode: 302, headers: { location: 'https://localhost:443/' } }
  : { statusCode: 200, headers: {}, body: event.headers['x-forwarded-proto'] }
`

async function served(options: readonly string[] = []): Promise<{ web: string; secure: string }> {
  const commandLine = await startTemplate(template, { 'api/lambda.mjs': lambda }, options)
  const urlIn = (line: string): string => line.replace(/^Listening on (\S+).*/, '$1')
  if (options.includes('--no-tls')) await commandLine.line(/^Secure asks for client certificates/)
  return {
    web: urlIn(await commandLine.line(/\(Web, port 80\)$/)),
    secure: urlIn(await commandLine.line(/\(Secure, port 443\)$/)),
  }
}

async function location(url: string): Promise<string | null> {
  return (await fetch(url, { redirect: 'manual' })).headers.get('location')
}

it('redirects from HTTP to the port on which HTTPS is open', async () => {
  const { web, secure } = await served()
  expect(secure).toMatch(/^https:/)
  expect(await location(`${web}/a`)).toBe(`${secure}/a`)
})

it('leads on with --no-tls, and leaves what functions answer alone', async () => {
  const { web, secure } = await served(['--no-tls'])
  expect(secure).toMatch(/^http:/)
  expect(await (await fetch(web)).text()).toBe('https')
  expect(await location(`${secure}/own`)).toBe('https://localhost:443/')
})

it("shows AWS's port with --no-map-redirects", async () => {
  const { web } = await served(['--no-map-redirects'])
  expect(await location(`${web}/a`)).toBe('https://127.0.0.1:443/a')
})
