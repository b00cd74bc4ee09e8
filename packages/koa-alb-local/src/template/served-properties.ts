/** What becomes of a property here. */
export interface Fate {
  /** `served`, or why it means nothing here. */
  readonly here: string
  /** The option that gives, replaces or shows it. */
  readonly option?: string
}

const served: Fate = { here: 'served' }
const network: Fate = { here: 'ignored: there is one network here' }
const described: Fate = { here: 'ignored: it describes' }
const role: Fate = { here: 'ignored: nothing is called in its name' }
const capacity: Fate = { here: 'ignored: nobody else shares this machine' }
const stored: Fate = { here: 'ignored: nothing is stored in an account' }
const deployed: Fate = { here: 'ignored: nothing is deployed' }
const nestedTemplate: Fate = { here: 'served, if it is on this machine' }
const nested = { NotificationARNs: deployed, Parameters: served, TimeoutInMinutes: deployed }
const withOption = (option: string, here = 'served'): Fate => ({ here, option })
const config = '`users`, `keySets` in `--config`'
const actions = withOption(config)

/**
 * What a template may hold: the resources that are read, each with every property that it has.
 * docs/local.md has a row for each.
 */
export const servedProperties: Readonly<Record<string, Readonly<Record<string, Fate>>>> = {
  'AWS::CloudFormation::Stack': { TemplateURL: nestedTemplate, ...nested, Tags: described },
  'AWS::Serverless::Application': { Location: nestedTemplate, ...nested, Tags: described },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    EnableCapacityReservationProvisionStabilize: capacity,
    EnablePrefixForIpv6SourceNat: network,
    EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: network,
    IpAddressType: withOption('`--host`', 'ignored: the address is an option'),
    Ipv4IpamPoolId: network,
    LoadBalancerAttributes: {
      here: 'served, but for those about deletion, zones and logs in S3',
      option: '`--access-log`, `--connection-log`, `--health-check-log`',
    },
    MinimumLoadBalancerCapacity: capacity,
    Name: served,
    Scheme: network,
    SecurityGroups: network,
    SubnetMappings: network,
    Subnets: network,
    Tags: described,
    Type: withOption('`--load-balancer`', 'served: `application`'),
  },
  'AWS::ElasticLoadBalancingV2::Listener': {
    AlpnPolicy: { here: 'ignored: it is for Network Load Balancers' },
    Certificates: withOption('`certificates` in `--config`', 'served, self-signed'),
    DefaultActions: actions,
    ListenerAttributes: served,
    LoadBalancerArn: served,
    MutualAuthentication: withOption('`trustStores` in `--config`'),
    Port: withOption('`--port`', 'served; what is open is an option'),
    Protocol: withOption('`--no-tls`'),
    SslPolicy: { here: 'served: the oldest version of TLS' },
    Tags: described,
  },
  'AWS::ElasticLoadBalancingV2::ListenerCertificate': {
    Certificates: withOption('`certificates` in `--config`', 'served, self-signed'),
    ListenerArn: withOption('`--listener`'),
  },
  'AWS::ElasticLoadBalancingV2::ListenerRule': {
    Actions: actions,
    Conditions: served,
    ListenerArn: withOption('`--listener`'),
    Priority: served,
    Tags: described,
    Transforms: served,
  },
  'AWS::ElasticLoadBalancingV2::TargetGroup': {
    HealthCheckEnabled: served,
    HealthCheckIntervalSeconds: served,
    HealthCheckPath: served,
    HealthCheckPort: withOption('`--target`', 'ignored: a server has the port of its URL'),
    HealthCheckProtocol: withOption('`--target`', 'ignored: a server has the scheme of its URL'),
    HealthCheckTimeoutSeconds: served,
    HealthyThresholdCount: served,
    IpAddressType: network,
    Matcher: served,
    Name: served,
    Port: withOption('`--target`', 'ignored: a server has the port of its URL'),
    Protocol: withOption('`--target`', 'ignored: a server has the scheme of its URL'),
    ProtocolVersion: { here: 'served: `HTTP1`' },
    Tags: described,
    TargetControlPort: { here: 'ignored: nothing optimizes targets here' },
    TargetGroupAttributes: served,
    Targets: withOption('`--target`, `--invoke`'),
    TargetType: served,
    UnhealthyThresholdCount: served,
    VpcId: network,
  },
  'AWS::Lambda::Alias': {
    Description: described,
    FunctionName: served,
    FunctionVersion: { here: 'ignored: there is one version, that on the disk' },
    Name: served,
    ProvisionedConcurrencyConfig: withOption('`--keep-warm`', 'ignored: processes stay warm'),
    RoutingConfig: { here: 'ignored: there is one version, that on the disk' },
  },
  'AWS::Lambda::Function': {
    Architectures: { here: 'ignored: this machine has one' },
    CapacityProviderConfig: { here: 'served: `PerExecutionEnvironmentMaxConcurrency`, `Timeout`' },
    Code: withOption('`--code`, `--invoke`'),
    CodeSigningConfigArn: role,
    DeadLetterConfig: { here: 'ignored: it is for asynchronous invocations' },
    Description: described,
    DurableConfig: { here: 'ignored: it is for durable executions' },
    Environment: withOption('`--env`, `--env-file`, `--import`'),
    EphemeralStorage: { here: 'ignored: `/tmp` is that of this machine' },
    FileSystemConfigs: { here: 'ignored: files are those of this machine' },
    FunctionName: served,
    FunctionScalingConfig: capacity,
    Handler: served,
    ImageConfig: withOption('`--invoke`', 'ignored: images are run elsewhere'),
    KmsKeyArn: stored,
    Layers: withOption('`--code`', 'served, those of the template'),
    LoggingConfig: withOption('`--log-format`', 'ignored: lines are printed'),
    MemorySize: served,
    PackageType: withOption('`--invoke`', 'served: `Zip`'),
    PublishToLatestPublished: { here: 'ignored: there is one version, that on the disk' },
    RecursiveLoop: { here: 'ignored: nothing watches for loops' },
    ReservedConcurrentExecutions: withOption('`--concurrency`'),
    Role: role,
    Runtime: withOption('`--node`, `--invoke`', 'served: Node; the binary is an option'),
    RuntimeManagementConfig: withOption('`--node`', 'ignored: the binary is an option'),
    SnapStart: { here: 'ignored: it is not for Node' },
    Tags: described,
    TenancyConfig: { here: 'ignored: a load balancer sends no tenant' },
    Timeout: served,
    TracingConfig: { here: 'ignored: nothing is sent to X-Ray' },
    VpcConfig: network,
  },
  'AWS::Lambda::LayerVersion': {
    CompatibleArchitectures: { here: 'ignored: this machine has one' },
    CompatibleRuntimes: { here: 'ignored: this machine has one' },
    Content: withOption('`--code`'),
    Description: described,
    LayerName: described,
    LicenseInfo: described,
  },
  'AWS::Lambda::Permission': {
    Action: served,
    EventSourceToken: { here: 'served: it permits no load balancer' },
    FunctionName: served,
    FunctionUrlAuthType: { here: 'served: it permits no load balancer' },
    InvokedViaFunctionUrl: { here: 'served: it permits no load balancer' },
    Principal: served,
    PrincipalOrgID: { here: 'served: it permits no load balancer' },
    SourceAccount: { here: 'ignored: accounts are those of the cloud' },
    SourceArn: { here: 'served, without account and region' },
  },
  'AWS::Lambda::ResourcePolicy': {
    PolicyDocument: { here: 'served, without accounts and regions' },
    ResourceArn: served,
  },
  'AWS::Lambda::Version': {
    CodeSha256: stored,
    Description: described,
    FunctionName: served,
    FunctionScalingConfig: capacity,
    ProvisionedConcurrencyConfig: withOption('`--keep-warm`', 'ignored: processes stay warm'),
    RuntimePolicy: withOption('`--node`', 'ignored: the binary is an option'),
  },
  'AWS::Serverless::Function': {
    AutoPublishAlias: served,
    CodeUri: withOption('`--code`'),
    DeploymentPreference: { here: 'ignored, and named: nothing is deployed' },
    EventInvokeConfig: { here: 'ignored, and named: it is for asynchronous invocations' },
    Events: { here: 'ignored, and named: only the load balancer is here' },
    FunctionUrlConfig: { here: 'ignored, and named: only the load balancer is here' },
    ImageUri: withOption('`--invoke`', 'ignored: images are run elsewhere'),
    InlineCode: served,
    Policies: role,
    ProvisionedConcurrencyConfig: withOption('`--keep-warm`', 'ignored, and named'),
    Tracing: { here: 'ignored: nothing is sent to X-Ray' },
  },
  'AWS::Serverless::LayerVersion': {
    ContentUri: withOption('`--code`'),
    RetentionPolicy: stored,
  },
}

/** The rows of the table in docs/local.md. */
export function servedRows(): string[] {
  return Object.entries(servedProperties).flatMap(([type, properties]) =>
    Object.entries(properties).map(
      ([name, { here, option = '' }]) => `| \`${type}\` | \`${name}\` | ${here} | ${option} |`,
    ),
  )
}

/** Whether a property of a resource may hold anything, because nobody reads it. */
export function isIgnored(type: string, name: string): boolean {
  return servedProperties[type]?.[name]?.here.startsWith('ignored') === true
}
