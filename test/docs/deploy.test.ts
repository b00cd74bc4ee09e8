import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { type ApiCall, createApiStub } from './aws-api-stub.ts'

const page = new URL('../../docs/deploy.md', import.meta.url)
const targetGroupArn =
  'arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/parts-desk/73e2d6bc24d8a067'
const client = process.env.AWS_CLI_PATH ?? ''

describe.skipIf(client === '')('the commands of docs/deploy.md', () => {
  let calls: ApiCall[]
  // Eighteen starts of a Python program.
  beforeAll(async () => {
    calls = await callsOf(await commandsIn('## AWS CLI'))
  }, 240_000)

  it('pass the validation of the AWS CLI, in their order', () => {
    expect(calls.map(({ service, action }) => `${service} ${action}`)).toEqual([
      'iam CreateRole',
      'iam AttachRolePolicy',
      'lambda CreateFunction',
      'lambda GetFunction',
      'lambda PublishVersion',
      'lambda CreateAlias',
      'elasticloadbalancing CreateTargetGroup',
      'elasticloadbalancing ModifyTargetGroupAttributes',
      'lambda AddPermission',
      'elasticloadbalancing RegisterTargets',
      'elasticloadbalancing CreateRule',
      'elasticloadbalancing DescribeListeners',
      'elasticloadbalancing DescribeLoadBalancerAttributes',
      'lambda UpdateFunctionCode',
      'lambda GetFunction',
      'lambda PublishVersion',
      'lambda UpdateAlias',
    ])
  })

  it.each([
    [
      'CreateTargetGroup',
      { TargetType: 'lambda', HealthCheckEnabled: 'true', HealthCheckPath: '/' },
    ],
    [
      'ModifyTargetGroupAttributes',
      {
        'Attributes.member.1.Key': 'lambda.multi_value_headers.enabled',
        'Attributes.member.1.Value': 'true',
      },
    ],
    [
      'AddPermission',
      {
        Qualifier: 'live',
        Principal: 'elasticloadbalancing.amazonaws.com',
        SourceAccount: '111122223333',
        SourceArn: targetGroupArn,
      },
    ],
    [
      'RegisterTargets',
      {
        TargetGroupArn: targetGroupArn,
        'Targets.member.1.Id': 'arn:aws:lambda:eu-central-1:111122223333:function:parts-desk:live',
      },
    ],
    [
      'CreateRule',
      {
        Priority: '10',
        'Conditions.member.1.PathPatternConfig.Values.member.1': '/parts/*',
        'Actions.member.1.TargetGroupArn': targetGroupArn,
      },
    ],
  ])('send what %s is about', (name, parameters) => {
    expect(calls.find(({ action }) => action === name)?.parameters).toMatchObject(parameters)
  })
})

// An archive's end record and nothing before it; the client looks.
const emptyZip = Buffer.concat([Buffer.from('PK\x05\x06'), Buffer.alloc(18)])

/** The shell commands in a section of the page, in their order. */
async function commandsIn(title: string): Promise<string> {
  const [, section = ''] = (await readFile(page, 'utf8')).split(`\n${title}\n`)
  const [own = ''] = section.split('\n## ')
  return [...own.matchAll(/^```sh\n(.*?)^```/gms)].map(([, commands]) => commands).join('')
}

/** What the AWS CLI sends when it runs these commands; it refuses parameters that the API does not have. */
async function callsOf(commands: string): Promise<ApiCall[]> {
  const stub = createApiStub()
  const folder = await mkdtemp(join(tmpdir(), 'koa-alb-deploy-'))
  try {
    await new Promise<void>((listening) => stub.server.listen(0, '127.0.0.1', listening))
    // A server that listens on a TCP port has an AddressInfo.
    const { port } = stub.server.address() as AddressInfo
    await writeFile(join(folder, 'function.zip'), emptyZip)
    const aws = `aws() { ${client} --endpoint-url http://127.0.0.1:${port} "$@"; }`
    const script = `set -euo pipefail\n${aws}\n${commands}`
    await promisify(execFile)('bash', ['-c', script], { cwd: folder, env: environment(folder) })
    return stub.calls
  } finally {
    stub.server.close()
    await rm(folder, { recursive: true })
  }
}

/** Nothing of this machine's own configuration. */
function environment(folder: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: folder,
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_DEFAULT_REGION: 'eu-central-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
  }
}
