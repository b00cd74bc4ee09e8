import { basename, resolve } from 'node:path'
import { existsNoted } from '../../files/noted-files.ts'
import type { Arguments } from '../arguments/arguments.ts'
import type { FunctionSettings } from '../functions/function-settings.ts'
import { readCertificate, selfSignedCertificate } from './certificate.ts'
import { handlerFile, moduleName } from './handler-place.ts'
import type { FunctionDefaults, Plan } from './plan.ts'

/** One listener, one target group, one function: what the file exports. */
export async function planForFile(
  file: string,
  args: Arguments,
  { given, ...defaults }: FunctionDefaults,
): Promise<Plan> {
  const { isHttps, healthCheckPath, multiValueHeaders, timeoutMs, memoryLimitInMB } = args
  const { certificate } = args
  const name = 'koa-alb-local'
  const certificates = isHttps && {
    [name]: certificate ? await readCertificate(certificate) : await selfSignedCertificate(name),
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
          environment: given.over({}, name),
          ...placeOf(file, args.handler),
          taskRoot: process.cwd(),
          timeoutMs,
          memoryLimitInMB,
        },
      ],
    ]),
    notes: [],
  }
}

/** The file and its export; `dist/lambda.handler` is both, as Lambda writes it. */
function placeOf(
  given: string,
  named: string | undefined,
): Pick<FunctionSettings, 'app' | 'export' | 'file'> {
  const file = resolve(given)
  const found = existsNoted(file) ? undefined : handlerFile(process.cwd(), given)
  // Without a file, it is the one that the handler names.
  const asked = named === given ? undefined : named
  const exported = asked ?? (found && basename(given).slice(moduleName(given).length + 1))
  const isNamed = exported !== undefined && exported !== '' && exported !== 'handler'
  return {
    file: found && exported !== '' ? found : file,
    export: isNamed ? exported : 'handler',
    app: isNamed ? 'named' : 'usual',
  }
}
