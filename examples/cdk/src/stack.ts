import { fileURLToPath } from 'node:url'
import { Duration, Stack, type StackProps } from 'aws-cdk-lib'
import { Vpc } from 'aws-cdk-lib/aws-ec2'
import type { Construct } from 'constructs'
import { ApplicationLoadBalancedFunction } from 'koa-alb-cdk'

export class PartsDeskStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props)
    new ApplicationLoadBalancedFunction(this, 'Service', {
      entry: fileURLToPath(new URL('../../koa/src/lambda.ts', import.meta.url)),
      include: ['public'],
      timeout: Duration.seconds(10),
      healthCheck: { path: '/healthz' },
      vpc: new Vpc(this, 'Vpc', { natGateways: 0 }),
    })
  }
}
