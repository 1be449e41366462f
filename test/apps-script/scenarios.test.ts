import { mirrorScenarios } from './mirror-scenarios.ts';

mirrorScenarios(0, 2);
