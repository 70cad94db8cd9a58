namespace lanegrad {
inline constexpr double kBowlMultiples[] = {0.05, 10.0 / 11.0, 1.02};
inline constexpr double kNetworkMultiples[] = {0.05, 2.0, 32.0};
}
