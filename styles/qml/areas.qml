<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields|MapTips|Rendering" labelsEnabled="1">
 <renderer-v2 type="categorizedSymbol" attr="class" symbollevels="0" enableorderby="0" forceraster="0">
  <categories>
   <category value="1" label="Areas that together hold the first quarter of incidents" symbol="0" render="true"/>
   <category value="2" label="Areas that together hold the second quarter" symbol="1" render="true"/>
   <category value="3" label="Areas that hold the rest" symbol="2" render="true"/>
   <category value="0" label="No incidents" symbol="3" render="true"/>
  </categories>
  <symbols>
   <symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <Option type="Map">
      <Option name="color" value="129,125,186,150" type="QString"/>
      <Option name="style" value="solid" type="QString"/>
      <Option name="outline_color" value="70,70,70,255" type="QString"/>
      <Option name="outline_style" value="solid" type="QString"/>
      <Option name="outline_width" value="0.26" type="QString"/>
      <Option name="outline_width_unit" value="MM" type="QString"/>
     </Option>
     <prop k="color" v="129,125,186,150"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="70,70,70,255"/>
     <prop k="outline_style" v="solid"/>
     <prop k="outline_width" v="0.26"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol type="fill" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <Option type="Map">
      <Option name="color" value="188,189,220,150" type="QString"/>
      <Option name="style" value="solid" type="QString"/>
      <Option name="outline_color" value="70,70,70,255" type="QString"/>
      <Option name="outline_style" value="solid" type="QString"/>
      <Option name="outline_width" value="0.26" type="QString"/>
      <Option name="outline_width_unit" value="MM" type="QString"/>
     </Option>
     <prop k="color" v="188,189,220,150"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="70,70,70,255"/>
     <prop k="outline_style" v="solid"/>
     <prop k="outline_width" v="0.26"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol type="fill" name="2" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <Option type="Map">
      <Option name="color" value="239,237,245,110" type="QString"/>
      <Option name="style" value="solid" type="QString"/>
      <Option name="outline_color" value="70,70,70,255" type="QString"/>
      <Option name="outline_style" value="solid" type="QString"/>
      <Option name="outline_width" value="0.26" type="QString"/>
      <Option name="outline_width_unit" value="MM" type="QString"/>
     </Option>
     <prop k="color" v="239,237,245,110"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="70,70,70,255"/>
     <prop k="outline_style" v="solid"/>
     <prop k="outline_width" v="0.26"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
   <symbol type="fill" name="3" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" pass="0" locked="0">
     <Option type="Map">
      <Option name="color" value="255,255,255,60" type="QString"/>
      <Option name="style" value="solid" type="QString"/>
      <Option name="outline_color" value="70,70,70,255" type="QString"/>
      <Option name="outline_style" value="solid" type="QString"/>
      <Option name="outline_width" value="0.26" type="QString"/>
      <Option name="outline_width_unit" value="MM" type="QString"/>
     </Option>
     <prop k="color" v="255,255,255,60"/>
     <prop k="style" v="solid"/>
     <prop k="outline_color" v="70,70,70,255"/>
     <prop k="outline_style" v="solid"/>
     <prop k="outline_width" v="0.26"/>
     <prop k="outline_width_unit" v="MM"/>
    </layer>
   </symbol>
  </symbols>
 </renderer-v2>
 <blendMode>0</blendMode>
 <featureBlendMode>0</featureBlendMode>
 <layerOpacity>1</layerOpacity>
 <labeling type="simple">
  <settings>
   <text-style fieldName="name" isExpression="0" fontFamily="DejaVu Sans" fontSize="8" fontSizeUnit="Point" textColor="40,40,40,255" textOpacity="1">
    <text-buffer bufferDraw="1" bufferSize="0.9" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="0.9" bufferJoinStyle="128"/>
   </text-style>
   <text-format/>
   <placement placement="4" priority="8" centroidInside="1" polygonPlacementFlags="2"/>
   <rendering obstacle="0" obstacleFactor="1" obstacleType="1"/>
  </settings>
 </labeling>
 <aliases>
  <alias field="code" index="0" name="Code"/>
  <alias field="name" index="1" name="Name"/>
  <alias field="parent" index="2" name="Part of"/>
  <alias field="population" index="3" name="Residents"/>
  <alias field="area_km2" index="4" name="Area, km²"/>
  <alias field="incidents" index="5" name="Incidents"/>
  <alias field="share" index="6" name="Share of all incidents (0 to 1)"/>
  <alias field="rank" index="7" name="Rank by incidents"/>
  <alias field="class" index="8" name="Class"/>
  <alias field="previous" index="9" name="Incidents, comparison period"/>
  <alias field="expected" index="10" name="Expected incidents"/>
  <alias field="difference" index="11" name="Difference from expected"/>
  <alias field="change_pct" index="12" name="Change, %"/>
  <alias field="p_value" index="13" name="p of the change"/>
  <alias field="change_class" index="14" name="Change beyond usual variation"/>
  <alias field="rate_per_1000" index="15" name="Incidents per 1,000 residents in the period"/>
  <alias field="rate_low" index="16" name="Rate, lower 95% limit"/>
  <alias field="rate_high" index="17" name="Rate, upper 95% limit"/>
  <alias field="near_edge_share" index="18" name="Share within 50 m of the boundary (0 to 1)"/>
  <alias field="repeat_places" index="19" name="Repeat places"/>
  <alias field="repeat_incidents" index="20" name="Incidents at repeat places"/>
  <alias field="repeat_share" index="21" name="Share at repeat places (0 to 1)"/>
  <alias field="hotspot_incidents" index="22" name="Incidents in hotspots"/>
  <alias field="peak_per_km2" index="23" name="Highest density, incidents per km² in the period"/>
  <alias field="per_km2" index="24" name="Incidents per km² in the period"/>
  <alias field="denominator_unfit" index="25" name="Residents are the wrong measure"/>
 </aliases>
 <mapTip>&lt;b&gt;[% replace("name", map('&amp;', '&amp;amp;', '&lt;', '&amp;lt;')) %]&lt;/b&gt;&lt;br&gt;[% format_number("incidents", 0) %] incidents, rank [% "rank" %]&lt;br&gt;[% format_number("share" * 100, 1) %]% of all</mapTip>
</qgis>
