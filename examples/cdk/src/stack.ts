import { fileURLToPath } from 'node:url'
import { CfnParameter, Duration, Stack, type StackProps, Validations } from 'aws-cdk-lib'
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import { LambdaDeploymentConfig } from 'aws-cdk-lib/aws-codedeploy'
import { Vpc } from 'aws-cdk-lib/aws-ec2'
import { BlockPublicAccess, Bucket } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import { ApplicationLoadBalancedFunction } from 'koa-alb-cdk'

export interface PartsDeskProps extends StackProps {
  /** Without it, the load balancer speaks plain HTTP. */
  certificateArn?: string | undefined
}

export class PartsDeskStack extends Stack {
  constructor(scope: Construct, id: string, { certificateArn, ...props }: PartsDeskProps) {
    super(scope, id, props)
    const sessionKey = new CfnParameter(this, 'SessionKey', { noEcho: true, minLength: 32 })
    const vpc = new Vpc(this, 'Vpc', { natGateways: 0 })
    vpc.addFlowLog('FlowLog')
    const certificate = certificateArn
      ? Certificate.fromCertificateArn(this, 'Certificate', certificateArn)
      : undefined
    const bucket = new Bucket(this, 'AccessLogs', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [{ expiration: Duration.days(90) }],
    })
    const service = new ApplicationLoadBalancedFunction(this, 'Service', {
      entry: fileURLToPath(new URL('../../koa/src/lambda.ts', import.meta.url)),
      include: ['public'],
      environment: { SESSION_KEY: sessionKey.valueAsString },
      timeout: Duration.seconds(10),
      healthCheck: { path: '/api/parts' },
      vpc,
      certificate,
      accessLogs: { bucket },
      deploymentConfig: LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
      alarms: {},
      dashboard: true,
    })

    // What cdk-nag's AwsSolutions would hold against this stack, and why it stays.
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'It holds access logs: logging access to them would only make more of them.',
    })
    Validations.of(service).acknowledge(
      { id: 'AwsSolutions-EC23', reason: 'A public site: anyone may connect to its port.' },
      {
        id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited]',
        reason:
          'The CDK gives each deployment group this policy, the smaller one of the two for Lambda.',
      },
    )
  }
}
