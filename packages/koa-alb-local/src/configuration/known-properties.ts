/**
 * What may stand at a place: its properties by name, `[shape]` for a list of it, `{ '*': shape }` for
 * names of one's own, `true` for anything.
 */
export type Shape = true | readonly [Shape] | { readonly [name: string]: Shape }

const config = { Values: true, RegexValues: true } as const
const attributes = [{ Key: true, Value: true }] as const
const rewrites = { Rewrites: [{ Regex: true, Replace: true }] } as const
const certificates = [{ CertificateArn: true }] as const

const signIn = {
  AuthenticationRequestExtraParams: true,
  OnUnauthenticatedRequest: true,
  Scope: true,
  SessionCookieName: true,
  SessionTimeout: true,
} as const

const actions = [
  {
    Type: true,
    Order: true,
    TargetGroupArn: true,
    ForwardConfig: {
      TargetGroups: [{ TargetGroupArn: true, Weight: true }],
      TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: true },
    },
    RedirectConfig: {
      StatusCode: true,
      Protocol: true,
      Host: true,
      Port: true,
      Path: true,
      Query: true,
    },
    FixedResponseConfig: { StatusCode: true, ContentType: true, MessageBody: true },
    AuthenticateOidcConfig: {
      ...signIn,
      AuthorizationEndpoint: true,
      ClientId: true,
      ClientSecret: true,
      Issuer: true,
      TokenEndpoint: true,
      UseExistingClientSecret: true,
      UserInfoEndpoint: true,
    },
    AuthenticateCognitoConfig: {
      ...signIn,
      UserPoolArn: true,
      UserPoolClientId: true,
      UserPoolDomain: true,
    },
    JwtValidationConfig: {
      JwksEndpoint: true,
      Issuer: true,
      AdditionalClaims: [{ Name: true, Format: true, Values: true }],
    },
  },
] as const

/**
 * The properties of CloudFormation's resources, also those that mean nothing here.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_ElasticLoadBalancingV2.html
 */
export const resourceShapes = {
  LoadBalancer: {
    EnableCapacityReservationProvisionStabilize: true,
    EnablePrefixForIpv6SourceNat: true,
    EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: true,
    IpAddressType: true,
    Ipv4IpamPoolId: true,
    LoadBalancerAttributes: attributes,
    MinimumLoadBalancerCapacity: true,
    Name: true,
    Scheme: true,
    SecurityGroups: true,
    SubnetMappings: true,
    Subnets: true,
    Tags: true,
    Type: true,
  },
  Listener: {
    AlpnPolicy: true,
    Certificates: certificates,
    DefaultActions: actions,
    ListenerAttributes: attributes,
    LoadBalancerArn: true,
    MutualAuthentication: {
      AdvertiseTrustStoreCaNames: true,
      IgnoreClientCertificateExpiry: true,
      Mode: true,
      TrustStoreArn: true,
    },
    Port: true,
    Protocol: true,
    SslPolicy: true,
    Tags: true,
  },
  ListenerCertificate: { ListenerArn: true, Certificates: certificates },
  ListenerRule: {
    Actions: actions,
    Conditions: [
      {
        Field: true,
        ...config,
        HostHeaderConfig: config,
        HttpHeaderConfig: { ...config, HttpHeaderName: true },
        HttpRequestMethodConfig: { Values: true },
        PathPatternConfig: config,
        QueryStringConfig: { Values: [{ Key: true, Value: true }] },
        SourceIpConfig: { IpAddressType: true, Values: true },
      },
    ],
    ListenerArn: true,
    Priority: true,
    Tags: true,
    Transforms: [{ Type: true, UrlRewriteConfig: rewrites, HostHeaderRewriteConfig: rewrites }],
  },
  TargetGroup: {
    HealthCheckEnabled: true,
    HealthCheckIntervalSeconds: true,
    HealthCheckPath: true,
    HealthCheckPort: true,
    HealthCheckProtocol: true,
    HealthCheckTimeoutSeconds: true,
    HealthyThresholdCount: true,
    IpAddressType: true,
    Matcher: { GrpcCode: true, HttpCode: true },
    Name: true,
    Port: true,
    Protocol: true,
    ProtocolVersion: true,
    Tags: true,
    TargetControlPort: true,
    TargetGroupAttributes: attributes,
    Targets: [{ AvailabilityZone: true, Id: true, Port: true, QuicServerId: true }],
    TargetType: true,
    UnhealthyThresholdCount: true,
    VpcId: true,
  },
} as const satisfies Record<string, Shape>
