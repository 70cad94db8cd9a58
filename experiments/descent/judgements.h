#include "experiments/experiment/experiment.h"
