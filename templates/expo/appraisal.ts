import { commonParameter, type ItemCondition, type ParameterDefinition, type Policy } from '#core';

const DAILY: ItemCondition = { forms: ['日常督办'] };
const LISTED: ItemCondition = { forms: ['挂牌督办'] };
const GENERAL_MANAGER: ItemCondition = { forms: ['总经理督办'] };
const WATCHED: ItemCondition = { forms: ['总经理督办', '挂牌督办'] };
const BASIS = { basisKey: 'sanctionOn' } as const;

const CRITICISM = '由{分管领导}对部门负责人批评教育';
const CONFESSION = '部门负责人在总经理办公会上作书面检查';
const OPINION = '部门对承办、协办、督办责任人提出考核意见,报人力资源部备案';

/** Articles 9 and 12: how items are followed and filed, and the ladder from criticism to losing the year's honours. */
export const expoAppraisal = {
  scores: [
    { kind: 'external-scheme', clause: 'expo-12.2a', on: 'late-or-poor', when: DAILY, reason: '日常督办未完成' },
    { kind: 'external-scheme', clause: 'expo-12.2.0', on: 'unfinished', when: LISTED, reason: '未完成' },
    { kind: 'coefficient', clause: 'expo-12.2b', on: 'first-extension', when: WATCHED, ...BASIS, coefficientKey: 'coefficientFirstExtension', reason: '第一次申请延期' },
    { kind: 'coefficient', clause: 'expo-12.2c', on: 'second-extension', when: WATCHED, ...BASIS, coefficientKey: 'coefficientSecondExtension', reason: '第二次申请延期' },
    { kind: 'coefficient', clause: 'expo-12.2c', on: 'unfinished', when: GENERAL_MANAGER, coefficientKey: 'coefficientSecondExtension', reason: '总经理督办未完成' },
    { kind: 'coefficient', clause: 'expo-12.2d', on: 'unfinished-twice-extended', when: WATCHED, coefficientKey: 'coefficientUnfinished', reason: '二次延期后仍未完成' },
  ],
  sanctions: [
    { clause: 'expo-12.2b', on: 'first-extension', when: WATCHED, ...BASIS, type: '批评教育', to: 'unitHead', ask: CRITICISM },
    { clause: 'expo-12.2c', on: 'second-extension', when: WATCHED, ...BASIS, type: '书面检查', to: 'unitHead', ask: CONFESSION },
    { clause: 'expo-12.2c', on: 'unfinished', when: GENERAL_MANAGER, type: '书面检查', to: 'unitHead', ask: CONFESSION },
    ...(['first-extension', 'second-extension'] as const).map((on) => (
      { clause: 'expo-12.2e', on, when: WATCHED, ...BASIS, type: '考核意见', to: 'related', ask: OPINION, dueMonthEnd: true, fileWith: '人力资源部' } as const
    )),
    { clause: 'expo-12.2e', on: 'unfinished', when: GENERAL_MANAGER, type: '考核意见', to: 'related', ask: OPINION, dueMonthEnd: true, fileWith: '人力资源部' },
    {
      clause: 'expo-12.2d', on: 'unfinished-twice-extended', when: WATCHED, type: '主要责任人处理', to: 'handler', bars: 'award',
      ask: '请在降岗、待岗、解除劳动合同中选定,写入「类型」;部门当年取消评先资格',
    },
    { clause: 'expo-12.2f', on: 'unfinished-twice-extended', when: WATCHED, type: '公司研究', to: 'related', ask: '由公司研究确定对协办、督办责任人的处理意见' },
  ],
  inspections: {
    clause: 'expo-9.4a', group: ['督办专员', '督办管理员', '办公室主任'],
    methods: { clause: 'expo-9.4a', values: ['电话', '现场', '上门', 'OA'] },
  },
  tracks: [
    { clause: 'expo-9.4c', when: GENERAL_MANAGER, level: '重点跟踪' },
    { clause: 'expo-9.4c', when: LISTED, level: '及时跟踪' },
    { clause: 'expo-9.4c', when: DAILY, level: '定期分阶段' },
  ],
  staffing: [{ clause: 'expo-6a', role: '督办专员', min: 1 }],
  archive: {
    clause: 'expo-9.10a', required: ['handling'], optional: ['instructions', 'originals', 'investigation', 'correspondence'],
    copies: { clause: 'expo-9.10b', units: ['党委工作部', '人力资源部'], purpose: '案卷抄送,作为干部奖惩和任免的依据' },
  },
} as const satisfies Partial<Policy>;

export const expoAppraisalParameters: readonly ParameterDefinition[] = [
  commonParameter('coefficientStacking', { clause: 'expo-12.2b', note: '办法未写同月几档如何合并;highest 同一事项同月取最重一档,add 累加;不同事项一律累加' }),
  {
    key: 'sanctionOn', label: '延期惩处起点', type: { kind: 'choice', values: ['applied', 'approved'] }, value: 'applied', unit: '', clause: 'expo-12.2b',
    inText: true, note: '原文为申请延期:applied 自申请之日;approved 批准后才计',
  },
];
