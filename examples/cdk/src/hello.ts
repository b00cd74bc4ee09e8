import { App, Stack } from 'aws-cdk-lib'
import { Vpc } from 'aws-cdk-lib/aws-ec2'
import { ApplicationLoadBalancedFunction } from 'koa-alb-cdk'

const stack = new Stack(new App(), 'Hello')

new ApplicationLoadBalancedFunction(stack, 'Service', {
  entry: '../hello/src/lambda.ts',
  healthCheck: { path: '/' },
  vpc: new Vpc(stack, 'Vpc', { natGateways: 0 }),
})
