import { type CommandLine, start } from './command-line.ts'
import { folderWith } from './folder.ts'

/** A load balancer and a function of `api/lambda.mjs`, registered as target group `Api`. */
export const resources = `
Resources:
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: { Name: desk, Subnets: !ImportValue Subnets }
  ApiFunction:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs22.x
      Handler: lambda.handler
      Code: api
      Timeout: 5
      Environment: { Variables: { TABLE: !Ref Table } }
  Api:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      TargetType: lambda
      Targets: [{ Id: !GetAtt ApiFunction.Arn }]
`

/** Lets the target group `Api` call that function. */
export const permission = `
  ApiPermission:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !GetAtt ApiFunction.Arn
      Action: lambda:InvokeFunction
      Principal: elasticloadbalancing.amazonaws.com
      SourceArn: !Ref Api
`

/** The listener `Web` on port 80, which forwards to this target group unless a rule says otherwise. */
export const webListener = (targetGroup: string): string => `
  Web:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Port: 80
      Protocol: HTTP
      DefaultActions: [{ Type: forward, TargetGroupArn: !Ref ${targetGroup} }]
`

/** Serves a template on a free port, with these files beside it, for the current test. */
export async function startTemplate(
  text: string,
  files: Readonly<Record<string, string>>,
  options: readonly string[] = [],
): Promise<CommandLine> {
  const folder = await folderWith({ 'app.yaml': text, ...files })
  return start(['--template', 'app.yaml', '--port', '0', ...options], { folder })
}
