import { resolve } from 'node:path'
import type { Arguments } from '../arguments/arguments.ts'
import { readCertificate, selfSignedCertificate } from './certificate.ts'
import type { FunctionDefaults, Plan } from './plan.ts'

/** One listener, one target group, one function: the file's export `handler`. */
export async function planForFile(
  file: string,
  args: Arguments,
  defaults: FunctionDefaults,
): Promise<Plan> {
  const { isHttps, healthCheckPath, multiValueHeaders, timeoutMs, memoryLimitInMB } = args
  const { certificate } = args
  const name = 'koa-alb-local'
  const certificates = isHttps && {
    [name]: certificate ? await readCertificate(certificate) : await selfSignedCertificate(),
  }
  return {
    configuration: {
      listeners: {
        [name]: {
          // With any free port, clients and the function see the usual one.
          Port: args.port || (isHttps ? 443 : 80),
          Protocol: isHttps ? 'HTTPS' : 'HTTP',
          ...(isHttps && { Certificates: [{ CertificateArn: name }] }),
          DefaultActions: [{ Type: 'forward', TargetGroupArn: name }],
        },
      },
      targetGroups: {
        [name]: {
          TargetType: 'lambda',
          Targets: [{ Id: name }],
          TargetGroupAttributes: [
            { Key: 'lambda.multi_value_headers.enabled', Value: String(multiValueHeaders) },
          ],
          ...(healthCheckPath && { HealthCheckEnabled: true, HealthCheckPath: healthCheckPath }),
        },
      },
      ...(certificates && { certificates }),
    },
    functions: new Map([
      [
        name,
        {
          ...defaults,
          functionName: name,
          file: resolve(file),
          export: 'handler',
          taskRoot: process.cwd(),
          timeoutMs,
          memoryLimitInMB,
        },
      ],
    ]),
    notes: [],
  }
}
