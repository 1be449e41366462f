/** The walls between rooms (DESIGN: core is pure; hosts enter core by its door and ignore each other). */
module.exports = {
  forbidden: [
    { name: 'core-imports-only-core', severity: 'error', from: { path: '^core/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^core/', '^node_modules/(zod|date-fns|chinese-days|js-sha256|pinyin-match)/'] } },
    { name: 'enter-core-by-its-door', severity: 'error', from: { pathNot: '^core/' }, to: { path: '^core/', pathNot: '^core/index\\.ts$' } },
    { name: 'templates-know-only-core', severity: 'error', from: { path: '^templates/', pathNot: '\\.test\\.ts$' }, to: { pathNot: ['^templates/', '^core/index\\.ts$'] } },
    { name: 'google-knows-only-core', severity: 'error', from: { path: '^google/' }, to: { pathNot: ['^google/', '^core/index\\.ts$'] } },
    { name: 'enter-google-by-its-door', severity: 'error', from: { pathNot: '^google/' }, to: { path: '^google/', pathNot: '^google/index\\.ts$' } },
    { name: 'screens-know-core-and-templates', severity: 'error', from: { path: '^screens/' }, to: { pathNot: ['^screens/', '^core/index\\.ts$', '^templates/(?:clauses|document-register)\\.ts$'] } },
    { name: 'enter-screens-by-its-door', severity: 'error', from: { pathNot: ['^screens/', '^sync-service/console/page/'] }, to: { path: '^screens/', pathNot: '^screens/index\\.ts$' } },
    { name: 'hosts-ignore-each-other', severity: 'error', from: { path: '^apps-script/' }, to: { path: '^sync-service/' } },
    { name: 'hosts-ignore-each-other-back', severity: 'error', from: { path: '^sync-service/' }, to: { path: '^apps-script/' } },
    { name: 'page-carries-no-server', severity: 'error', from: { path: '^sync-service/console/page/' },
      to: { pathNot: ['^sync-service/console/page/', '^screens/api-types\\.ts$', '^node_modules/(preact|echarts)/'] } },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.build|data)/' },
  },
};
